"""Quantiles of the F and t distributions.

They are here because scipy, which has them, is 140 MB. numpy and the standard library have none, and mpmath's
incomplete beta function, when tried, took 38 s for 10,000 units and gave 0.416 for 0.500 for 100,000. Tests hold
these against scipy's.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p, sqrt

_MOST_TERMS = 100_000
_TINY = 1e-300


def f_quantile(share: float, above: float, below: float) -> float:
    """The value below which `share` (0..1) of an F distribution lies, with `above` and `below` degrees of freedom
    (of the numerator and of the denominator, any positive numbers). May be inf where it is beyond what a float
    holds. Bisection of its logarithm."""
    low, high = -700.0, 700.0
    while high - low > 1e-13 * max(1.0, abs(low)):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if _f_share(middle, above, below) < share:
            low = middle
        else:
            high = middle
    return exp(high)


def t_quantile(share: float, freedom: float) -> float:
    """The value below which `share` (0.5..1) of Student's t distribution lies. Its square is an F quantile."""
    return sqrt(f_quantile(2 * share - 1, 1, freedom))


def _f_share(logarithm: float, above: float, below: float) -> float:
    """The share of F below exp(logarithm): I_x(above / 2, below / 2), x = above F / (above F + below)."""
    ratio = logarithm + log(above) - log(below)
    return incomplete_beta(above / 2, below / 2, log_x=-_softplus(-ratio), log_rest=-_softplus(ratio))


def _softplus(value: float) -> float:
    """log(1 + exp(value)) without overflow."""
    return max(value, 0.0) + log1p(exp(-abs(value)))


def incomplete_beta(a: float, b: float, *, log_x: float, log_rest: float) -> float:
    """The regularised I_x(a, b). Of x and 1 - x the logarithms are given: one may be too near 1 to be written."""
    if exp(log_x) > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, log_x=log_rest, log_rest=log_x)
    front = lgamma(a + b) - lgamma(a) - lgamma(b) + a * log_x + b * log_rest
    return exp(front) / a * _fraction(a, b, exp(log_x))


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of DLMF 8.17.22, by the modified Lentz method (Thompson and Barnett 1986)."""
    value, upper, lower = 1.0, 1.0, 0.0
    for term in range(1, _MOST_TERMS):
        step = _coefficient(term, a, b) * x
        lower = 1 / (1 + step * lower or _TINY)
        upper = 1 + step / upper or _TINY
        value *= upper * lower
        if abs(upper * lower - 1) < 1e-15:
            break
    return 1 / value


def _coefficient(term: int, a: float, b: float) -> float:
    m, odd = divmod(term, 2)
    if odd:
        return -(a + m) * (a + b + m) / ((a + 2 * m) * (a + 2 * m + 1))
    return m * (b - m) / ((a + 2 * m - 1) * (a + 2 * m))
