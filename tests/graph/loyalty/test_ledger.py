"""The ledger: what expires first goes first, what went last comes back first, and a debt is paid before anything is spent."""

from __future__ import annotations

from graph.loyalty.days import after_days
from graph.loyalty.ledger import About, Ledger, Posting
from graph.loyalty.spending import can_spend, give_back, spend
from tests.graph.loyalty.standings import TOKYO, agree, granted, lot

END_OF_DECEMBER, END_OF_MARCH = "2026-12-31T15:00:00.000000Z", "2027-03-31T15:00:00.000000Z"
DECEMBER, JANUARY_5 = "2026-12-20T03:00:00.000000Z", "2027-01-05T03:00:00.000000Z"
END_OF_FEBRUARY_4 = "2027-02-04T15:00:00.000000Z"


def test_half_of_what_was_spent_comes_back_in_the_reverse_order_of_use_also_to_a_lot_that_has_expired() -> None:
    # given: 100 that expire on 12-31 and 50 that expire on 03-31, of which 120 are spent
    account = granted(Ledger("a"), lot("march", 50, END_OF_MARCH), lot("december", 100, END_OF_DECEMBER))
    assert spend([account], Posting("REDEEM", "r", DECEMBER, About(redemption="r")), 120) == 0
    spent = account.posted[-1]
    assert [(part.lot, part.points) for part in spent.parts] == [("december", -100), ("march", -20)]
    assert account.balance == 30

    # when: half is given back on 01-05
    account.settle(JANUARY_5)
    back = give_back(
        {"a": account}, account.taken, Posting("REVERSE", "b", JANUARY_5), 60, until=after_days(JANUARY_5, 30, TOKYO)
    )

    # then: 20 to the March lot, 40 to the December lot, which lives 30 more days
    assert back == 60
    assert {own_id: each.remaining for own_id, each in account.lots.items()} == {"march": 50, "december": 40}
    assert account.lots["december"].expires_at == END_OF_FEBRUARY_4
    assert account.lots["march"].expires_at == END_OF_MARCH
    assert account.balance == 90
    agree(account)
    account.settle(END_OF_FEBRUARY_4)
    assert (account.balance, account.posted[-1].kind, account.posted[-1].amount) == (50, "EXPIRE", -40)
    agree(account)


def test_points_that_were_spent_before_their_order_was_returned_are_a_debt_that_the_next_earnings_pay() -> None:
    # given: 1,091 earned by an order and spent
    account = Ledger("a")
    earned = account.new_lot("e", 1091, now=DECEMBER, active_from=DECEMBER, expires_at=END_OF_MARCH, order="o-1")
    account.grant(Posting("EARN", "e", DECEMBER), [earned])
    spend([account], Posting("REDEEM", "r", DECEMBER, About(redemption="r")), 1091)

    # when: the order is returned
    account.take_back(Posting("REVERSE", "t", JANUARY_5), "o-1", 1091)

    # then
    assert (account.debt, account.balance, can_spend([account])) == (1091, -1091, 0)
    agree(account)
    later = account.new_lot(
        "f", 1500, now=JANUARY_5, active_from="2027-01-20T15:00:00.000000Z", expires_at=END_OF_MARCH, order="o-2"
    )
    account.grant(Posting("EARN", "f", JANUARY_5), [later])
    assert (account.debt, account.pending) == (1091, 1500)
    account.settle("2027-01-21T00:00:00.000000Z")
    assert (account.debt, account.pending, account.balance, can_spend([account])) == (0, 0, 409, 409)
    agree(account)


def test_a_debt_is_paid_by_points_that_are_given_back_and_what_it_was_itself_comes_back_as_no_points() -> None:
    account = granted(Ledger("a"), lot("march", 50, END_OF_MARCH))
    assert spend([account], Posting("REDEEM", "r", DECEMBER, About(redemption="r")), 80, debtor="a") == 0
    assert (account.debt, account.balance) == (30, -30)

    give_back({"a": account}, account.taken, Posting("REVERSE", "b", DECEMBER), 40, until=END_OF_MARCH)
    assert (account.debt, account.balance) == (0, 10)
    agree(account)
    give_back({"a": account}, account.taken, Posting("REVERSE", "c", DECEMBER), 100, until=END_OF_MARCH)
    assert account.balance == 50, "no more comes back than went"
    agree(account)


def test_points_that_expired_unused_are_not_taken_again_when_their_order_comes_back() -> None:
    account = granted(Ledger("a"), lot("other", 70, END_OF_MARCH))
    account.grant(
        Posting("EARN", "e", DECEMBER),
        [account.new_lot("e", 100, now=DECEMBER, active_from=DECEMBER, expires_at=END_OF_DECEMBER, order="o-1")],
    )
    account.settle(JANUARY_5)
    assert account.balance == 70

    account.take_back(Posting("REVERSE", "t", JANUARY_5), "o-1", 100)

    assert (account.balance, account.debt, account.earned_by("o-1")) == (70, 0, 0)
    agree(account)


def test_two_accounts_of_one_customer_are_spent_by_expiry_and_each_keeps_its_own_entries() -> None:
    web, card = granted(Ledger("web"), lot("w", 100, END_OF_MARCH)), granted(Ledger("card"), lot("c", 80, END_OF_DECEMBER))

    assert spend([web, card], Posting("REDEEM", "r", DECEMBER, About(redemption="r")), 130) == 0

    assert (web.balance, card.balance) == (50, 0)
    assert (web.posted[-1].amount, card.posted[-1].amount) == (-50, -80)
    give_back({"web": web, "card": card}, [*web.taken, *card.taken], Posting("REVERSE", "b", DECEMBER), 60, until=END_OF_MARCH)
    assert (web.balance, card.balance) == (100, 10), "the web account was used last"
    agree(web)
    agree(card)
