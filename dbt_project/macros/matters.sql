{#- A text normalized for comparison: letters and digits in lower case, single spaces between words. -#}
{% macro words_of(text) -%}
    trim(regexp_replace(lower({{ text }}), '[^\p{L}\p{N}]+', ' ', 'g'))
{%- endmacro %}

{#-
    One row per accepted feed, numbered in the order of arrival, which no later feed changes. Feeds received at the same
    instant are ordered by period, sender and version.
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

{#- The id of the n-th petition or dialogue that has had a code: the code itself for the first. -#}
{% macro id_of_matter(code, ordinal) -%}
    case when {{ ordinal }} = 1 then {{ code }} else concat({{ code }}, ' (', {{ ordinal }}, ')') end
{%- endmacro %}
