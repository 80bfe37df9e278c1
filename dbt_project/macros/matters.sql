{#- A text as it is compared: letters and digits in lower case, single spaces between words. -#}
{% macro words_of(text) -%}
    trim(regexp_replace(lower({{ text }}), '[^\p{L}\p{N}]+', ' ', 'g'))
{%- endmacro %}

{#-
    The accepted feeds with the order in which they arrived: an order that no later feed changes. What came at one
    instant counts by period, sender and version.
-#}
{% macro arrivals() -%}
    select
        feed_id,
        sender_unit_code,
        period_code,
        period_end,
        version,
        row_number() over (
            order by received_at, period_end, sender_unit_code, period_code, version, feed_id
        ) as arrival
    from {{ ref('stg_feeds') }}
    where status = 'accepted'
{%- endmacro %}

{#- The id of the so-many-th matter that a code stood for: the code itself for the first. -#}
{% macro id_of_matter(code, ordinal) -%}
    case when {{ ordinal }} = 1 then {{ code }} else concat({{ code }}, ' (', {{ ordinal }}, ')') end
{%- endmacro %}
