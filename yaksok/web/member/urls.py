"""Addresses of the member centre. An order is named by an id that says nothing about a person."""

from django.urls import path

from yaksok.web.member import (
    advertising,
    certificates,
    changing,
    consents,
    inquiries,
    leaving,
    my_page,
    orders,
    policy_changes,
    receipts,
    refusals,
    requests,
    usage,
    waiting,
)

app_name = "member"

urlpatterns = [
    path("my", my_page.page, name="mypage"),
    path("my/open", my_page.step_up, name="step_up"),
    path("my/trail", my_page.trail, name="trail"),
    path("my/correct", changing.correct, name="correct"),
    path("my/password", changing.password, name="password"),
    path("my/log-out-everywhere", changing.log_out_everywhere, name="log_out_everywhere"),
    path("my/orders", orders.orders, name="my_orders"),
    path("my/orders/<uuid:order_id>", orders.order, name="my_order"),
    path("my/waits", waiting.wait, name="wait"),
    path("my/waits/stop", waiting.stop, name="stop_waiting"),
    path("my/consents", consents.page, name="consents"),
    path("my/consents/give", consents.give, name="give_consent"),
    path("my/receipts", receipts.every, name="receipts"),
    path("my/receipts/<uuid:receipt_id>", receipts.one, name="receipt"),
    path("my/advertising", advertising.page, name="advertising"),
    path("my/advertising/agree", advertising.agree, name="agree_advertising"),
    path("my/refusals", refusals.page, name="refusals"),
    path("my/usage", usage.page, name="usage"),
    path("my/changes", policy_changes.changes, name="changes"),
    path("my/changes/<int:number>", policy_changes.change, name="change"),
    path("my/changes/<int:number>/answer", policy_changes.answer, name="answer_change"),
    path("my/inquiries", inquiries.inquiries, name="inquiries"),
    path("my/inquiries/new", inquiries.ask, name="ask"),
    path("my/inquiries/rate", inquiries.rate, name="rate_inquiry"),
    path("my/inquiries/<uuid:ticket_id>", inquiries.inquiry, name="inquiry"),
    path("my/requests", requests.requests, name="requests"),
    path("my/requests/download", requests.download, name="download"),
    path("my/requests/explain", requests.explain, name="explain"),
    path("my/requests/stop", requests.stop, name="stop"),
    path("my/requests/<uuid:request_id>", requests.one, name="request"),
    path("my/leave", leaving.leave, name="leave"),
    path("certificate", certificates.download, name="certificate"),
    path("certificate/verify", certificates.verify, name="verify_certificate"),
]
