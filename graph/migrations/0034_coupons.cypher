// Coupons: what is given out, issued, held, used and seen.
CREATE CONSTRAINT coupon_id IF NOT EXISTS FOR (n:Coupon) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT coupon_key IF NOT EXISTS FOR (n:Coupon) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT issued_coupon_id IF NOT EXISTS FOR (n:IssuedCoupon) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT issued_coupon_key IF NOT EXISTS FOR (n:IssuedCoupon) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT coupon_reservation_id IF NOT EXISTS FOR (n:CouponReservation) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT coupon_redemption_id IF NOT EXISTS FOR (n:CouponRedemption) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT coupon_view_id IF NOT EXISTS FOR (n:CouponView) REQUIRE n.id IS UNIQUE;
// How often one was used or is held: in all, by whoever has a record, of one issue, for one order.
CREATE INDEX coupon_redemption_uses IF NOT EXISTS FOR (n:CouponRedemption) ON (n.coupon, n.state);
CREATE INDEX coupon_redemption_record IF NOT EXISTS FOR (n:CouponRedemption) ON (n.record, n.coupon, n.state);
CREATE INDEX coupon_redemption_issued IF NOT EXISTS FOR (n:CouponRedemption) ON (n.issued, n.state);
CREATE INDEX coupon_redemption_order IF NOT EXISTS FOR (n:CouponRedemption) ON (n.order_id);
CREATE INDEX coupon_redemption_turn IF NOT EXISTS FOR (n:CouponRedemption) ON (n.coupon, n.turn);
CREATE INDEX coupon_reservation_uses IF NOT EXISTS FOR (n:CouponReservation) ON (n.coupon, n.state);
CREATE INDEX coupon_reservation_record IF NOT EXISTS FOR (n:CouponReservation) ON (n.record, n.coupon, n.state);
CREATE INDEX coupon_reservation_issued IF NOT EXISTS FOR (n:CouponReservation) ON (n.issued, n.state);
CREATE INDEX coupon_reservation_until IF NOT EXISTS FOR (n:CouponReservation) ON (n.state, n.until);
// Who has which, and how many there are.
CREATE INDEX issued_coupon_coupon IF NOT EXISTS FOR (n:IssuedCoupon) ON (n.coupon);
CREATE INDEX coupon_view_coupon IF NOT EXISTS FOR (n:CouponView) ON (n.coupon);
