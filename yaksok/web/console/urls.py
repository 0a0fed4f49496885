"""Addresses of the console."""

from django.urls import path, reverse_lazy
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from yaksok.web.console import (
    advertising,
    desk,
    dispatching,
    doors,
    duty,
    notices,
    phone,
    policy,
    policy_checking,
    policy_editing,
    post,
    queue,
    rights,
    rights_case,
    statistics,
)

app_name = "console"

front = require_safe(RedirectView.as_view(url=reverse_lazy("console:orders")))

urlpatterns = [
    path("console", queue.orders, name="orders"),
    path("console/", front, name="front"),
    path("console/states", queue.states, name="states"),
    path("console/orders/<uuid:order_id>", dispatching.dispatch, name="dispatch"),
    path("console/notices", notices.board_list, name="board"),
    path("console/notices/new", notices.board_write, name="board_write"),
    path("console/notices/<uuid:notice_id>/correct", notices.board_correct, name="board_correct"),
    path("console/desk", desk.queue, name="desk"),
    path("console/desk/call", phone.call, name="call"),
    path("console/desk/<uuid:ticket_id>", desk.ticket, name="ticket"),
    path("console/desk/<uuid:ticket_id>/open", desk.open_ticket, name="open_ticket"),
    path("console/desk/<uuid:ticket_id>/answer", desk.answer, name="answer"),
    path("console/desk/<uuid:ticket_id>/check", desk.check, name="check_answer"),
    path("console/desk/<uuid:ticket_id>/close", desk.close, name="close_ticket"),
    path("console/post", post.outbox, name="post"),
    path("console/roster", duty.duties, name="roster"),
    path("console/roster/<uuid:shift_id>/cancel", duty.cancel, name="cancel_shift"),
    path("console/advertising", advertising.every, name="advertising"),
    path("console/advertising/new", advertising.write, name="ad_write"),
    path("console/advertising/consents", advertising.consents, name="ad_consents"),
    path("console/advertising/<uuid:campaign_id>", advertising.one, name="ad"),
    path("console/advertising/<uuid:campaign_id>/edit", advertising.edit, name="ad_edit"),
    path("console/advertising/<uuid:campaign_id>/act", advertising.act, name="ad_act"),
    path("console/policy", policy.overview, name="policy"),
    path("console/policy/drafts", policy.begin, name="policy_begin"),
    path("console/policy/drafts/<uuid:draft_id>", policy.draft, name="policy_draft"),
    path(
        "console/policy/drafts/<uuid:draft_id>/tables/<str:name>",
        policy_editing.table,
        name="policy_table",
    ),
    path("console/policy/drafts/<uuid:draft_id>/whole", policy_editing.whole, name="policy_whole"),
    path("console/policy/drafts/<uuid:draft_id>/check", policy_checking.check, name="policy_check"),
    path(
        "console/policy/drafts/<uuid:draft_id>/catch-up",
        policy_editing.catch_up,
        name="policy_catch_up",
    ),
    path("console/policy/drafts/<uuid:draft_id>/discard", policy.discard, name="policy_discard"),
    path("console/statistics", statistics.tables, name="statistics"),
    path("console/rights", rights.queue, name="rights"),
    path("console/rights/new", rights.take, name="rights_new"),
    path("console/rights/register", rights.book, name="rights_book"),
    path("console/rights/<slug:number>", rights_case.case, name="rights_case"),
    path("console/rights/<slug:number>/read", rights_case.read, name="rights_read"),
    path("console/rights/<slug:number>/identify", rights_case.identify, name="rights_identify"),
    path("console/rights/<slug:number>/work", rights_case.work, name="rights_work"),
    path("console/rights/<slug:number>/answer", rights_case.answer, name="rights_answer"),
    path("console/rights/<slug:number>/refuse", rights_case.refuse, name="rights_refuse"),
    path("console/rights/<slug:number>/manage", rights_case.manage, name="rights_manage"),
    path("console/rights/<slug:number>/decide", rights_case.decide, name="rights_decide"),
    path("console/rights/<slug:number>/copy", rights_case.printed, name="rights_print"),
    path("console/log-in", doors.log_in, name="log_in"),
    path("console/log-out", doors.log_out, name="log_out"),
]
