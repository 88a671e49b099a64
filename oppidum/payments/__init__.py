"""Money that residents owe and pay (recouvrement): charges made of fees, payments confirmed by their provider, refunds, receipts."""
