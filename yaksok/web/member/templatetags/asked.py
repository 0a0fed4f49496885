"""What waits for the member's answer, asked only by pages of the member centre."""

from django import template
from django.template.context import Context

register = template.Library()


@register.simple_tag
def advertises() -> bool:
    """Whether the mall advertises under the policy in force."""
    from yaksok.journeys import marketing_consent  # as below

    return marketing_consent.offered()


@register.simple_tag(takes_context=True)
def case_open(context: Context) -> bool:
    """Whether a case about the membership of whoever is here is open. One query."""
    from yaksok.journeys import terms_limits  # as below

    person = context.get("person")
    return terms_limits.is_open(person.actor) if person else False


@register.simple_tag(takes_context=True)
def questions_waiting(context: Context) -> int:
    """How many questions about a change of the policy wait for the answer of whoever is here.

    Cost: one query, on the pages that use it.
    """
    from yaksok.journeys import consents  # tables, which who only reads templates has not set up

    person = context.get("person")
    return consents.pending(person.actor) if person else 0


@register.simple_tag
def has_coupons() -> bool:
    """Whether members have coupons under the policy in force."""
    from yaksok.journeys import coupons  # as above

    return coupons.offered()


@register.simple_tag
def has_reviews() -> bool:
    """Whether members review goods under the policy in force."""
    from yaksok.journeys import reviews  # as above

    return reviews.offered()
