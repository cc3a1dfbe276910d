// What customers are to be told of their pick-ups, by when it is due; and coupons that are issued by a rule.
CREATE INDEX fulfillment_notice_due IF NOT EXISTS FOR (n:Fulfillment) ON (n.notice_due);
CREATE INDEX coupon_rule IF NOT EXISTS FOR (n:Coupon) ON (n.rule);
