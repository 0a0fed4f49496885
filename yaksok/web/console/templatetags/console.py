"""The console's menu in its frame."""

from django import template

from yaksok.web.console import menu

register = template.Library()


@register.inclusion_tag("console/menu.html", takes_context=True)
def console_menu(context: dict[str, object]) -> dict[str, object]:
    """The menu of whoever is logged in, with the page that is open marked."""
    person = context["person"]
    return {"groups": list(menu.of(person.actor)), "here": context.get("here")}  # type: ignore[attr-defined]  # put there by the console's context
