"""The types that are read with what has them: nobody asks for one by itself."""

from __future__ import annotations

PARTS = frozenset({
    "Money", "Location",
    "CustomerPreferences", "FavouriteCategory", "PriceBand",
    "NameParts", "CustomerMetrics", "ChannelCount", "MonthlySpend", "CustomerIdentifier",
    "CustomerConsent", "ConsentProof", "ContactPermission",
    "FieldOrigin", "Household", "HouseholdMember", "HouseholdEvidence", "AttentionItem",
    "MatchReason", "MatchSpan", "OrderSearchResult", "FulfillmentStep", "PickupNotice", "FulfilledLine", "ReturnedLine",
    "IdentifierHolder", "MatchScore", "FieldScore", "IdentityLink", "Obstacle", "ClosestRecords",
    "Attribution", "PossibleCustomer", "ChatMessage", "PageView", "SurveyAnswer",
    "ProductSale", "StoreSales", "ActivityCount", "JobCount", "ErasureCount",
    "WebhookAttempt",
    "ProductAvailability", "NearbyStock", "IncomingStock", "StockEntry", "UnavailableStock", "TransferSuggestion",
    "ThreadPart", "ThreadSuggestion", "UntiedInteraction",
    "CustomerLoyalty", "OrderPoints", "LoyaltyRank", "PointLot", "PointEntryLot", "PointExpiry",
    "Basket", "BasketLine", "HandedOverLine", "ProductView",
    "CouponIssueRule", "QuotedCoupon", "QuotedLine", "CouponLine",
    "CaseInteraction", "CaseReply", "CaseClock", "CaseReason", "AssignmentCandidate", "TeamMember",
    "CaseTarget", "BusinessCalendar", "BusinessHours", "CalendarClosure",
})  # fmt: skip
