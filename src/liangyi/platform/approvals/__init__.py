"""What may not be done on one person's word: a request goes through steps, each decided by somebody else.

A domain declares its kinds and hears of the outcome:

    RELEASE = kinds.register(ApprovalKind("governance.release", title, url, (Step("director", APPROVE),)))
    services.request(actor=…, at=…, kind=RELEASE.code, site=None, subject=(type, id), facts={…})
    events.subscribe(Decided, put_into_force)
"""
