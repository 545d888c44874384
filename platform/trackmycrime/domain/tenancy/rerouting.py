"""Changing who reads what: units and rules are added, changed, moved and taken away. Their numbers count from one."""

from msgspec import structs

from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.units import Routing, Rule, Unit
from trackmycrime.kit.errors import Invalid, NotFound
from trackmycrime.kit.words import _


def the_unit(configuration: Configuration, number: int) -> Unit:
    """Return the unit of a number. Raises NotFound."""
    return _one(configuration.routing.units, number)


def the_rule(configuration: Configuration, number: int) -> Rule:
    """Return the rule of a number. Raises NotFound."""
    return _one(configuration.routing.rules, number)


def with_unit(configuration: Configuration, number: int, unit: Unit) -> Configuration:
    """Return the configuration with this unit in place of that of a number, or added for 0; what names it goes along."""
    routing = configuration.routing
    if not number:
        return _routed(configuration, structs.replace(routing, units=(*routing.units, unit)))
    was = the_unit(configuration, number).name
    rules = tuple(structs.replace(rule, unit=unit.name) if rule.unit == was else rule for rule in routing.rules)
    to = unit.name if routing.escalate_to == was else routing.escalate_to
    units = _replaced(routing.units, number, (unit,))
    return _routed(configuration, structs.replace(routing, units=units, rules=rules, escalate_to=to))


def without_unit(configuration: Configuration, number: int) -> Configuration:
    """Return the configuration without a unit. Raises NotFound, and Invalid while messages go to it."""
    routing, name = configuration.routing, the_unit(configuration, number).name
    if routing.escalate_to == name or any(rule.unit == name for rule in routing.rules):
        raise Invalid({"": _("Messages go to %(name)s. Change the rules that say so first", name=name)})
    return _routed(configuration, structs.replace(routing, units=_replaced(routing.units, number, ())))


def with_rule(configuration: Configuration, number: int, rule: Rule) -> Configuration:
    """Return the configuration with this rule in place of that of a number, or added at the end for 0. Raises NotFound."""
    routing = configuration.routing
    if number:
        the_rule(configuration, number)
    rules = _replaced(routing.rules, number, (rule,)) if number else (*routing.rules, rule)
    return _routed(configuration, structs.replace(routing, rules=rules))


def without_rule(configuration: Configuration, number: int) -> Configuration:
    """Return the configuration without a rule. Raises NotFound."""
    the_rule(configuration, number)
    rules = _replaced(configuration.routing.rules, number, ())
    return _routed(configuration, structs.replace(configuration.routing, rules=rules))


def earlier(configuration: Configuration, number: int) -> Configuration:
    """Return the configuration with a rule one place further up; the first one stays. Raises NotFound."""
    rule, rules = the_rule(configuration, number), list(configuration.routing.rules)
    del rules[number - 1]
    rules.insert(max(0, number - 2), rule)
    return _routed(configuration, structs.replace(configuration.routing, rules=tuple(rules)))


def _routed(configuration: Configuration, routing: Routing) -> Configuration:
    return structs.replace(configuration, routing=routing)


def _one[T](items: tuple[T, ...], number: int) -> T:
    if not 0 < number <= len(items):
        raise NotFound(_("Page not found"))
    return items[number - 1]


def _replaced[T](items: tuple[T, ...], number: int, by: tuple[T, ...]) -> tuple[T, ...]:
    return items[: number - 1] + by + items[number:]
