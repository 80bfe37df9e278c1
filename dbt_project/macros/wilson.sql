{#-
    Wilson score interval of a proportion at 95 % (z = 1.959963984540054).
    Wilson, E. B. (1927): Probable inference, the law of succession, and statistical inference. JASA 22, 209-212.
    Null where the numerator is null or the denominator is not positive. `sign` is - for the lower and + for the upper
    bound. The lower bound of 0 of n is exactly 0 and the upper bound of n of n exactly 1. Other bounds are rounded to 12
    decimals, so that comparisons and ranks do not depend on the last bit of a float.
-#}
{% macro wilson_bound(numerator, denominator, sign) -%}
    {%- set z = 1.959963984540054 -%}
    {%- set share = "(" ~ numerator ~ " / " ~ denominator ~ ")" -%}
    case
        when {{ numerator }} is null or coalesce({{ denominator }}, 0) <= 0 then null
        when {{ numerator }} = {{ '0 then 0.0' if sign == '-' else denominator ~ ' then 1.0' }}
        else round(least(1.0, greatest(0.0, (
            {{ share }} + {{ z * z }} / (2 * {{ denominator }})
            {{ sign }} {{ z }} * sqrt(
                greatest(0.0, {{ share }} * (1 - {{ share }})) / {{ denominator }}
                + {{ z * z }} / (4 * {{ denominator }} * {{ denominator }})
            )
        ) / (1 + {{ z * z }} / {{ denominator }}))), 12)
    end
{%- endmacro %}
