-- The newest listing is chosen first and cut off at as_of second: a corrected day holds for every as_of.
with feeds as (
    select * from {{ ref('int_current_feeds') }}
),

listed as (
    select
        dialogues.*,
        coalesce(ids.dialogue_id, dialogues.dialogue_code) as dialogue_id,
        feeds.file_name,
        row_number() over (
            partition by coalesce(ids.dialogue_id, dialogues.dialogue_code)
            order by feeds.recency desc
        ) as newness
    from {{ ref('stg_dialogues') }} as dialogues
    inner join feeds on dialogues.feed_id = feeds.feed_id
    left join {{ ref('int_dialogue_ids') }} as ids
        on dialogues.feed_id = ids.feed_id and dialogues.dialogue_code = ids.dialogue_code
),

as_it_stood as (
    select
        * exclude (newness)
        replace (
            case when notice_on <= {{ day_of(as_of()) }} then notice_on end as notice_on,
            case when conclusion_on <= {{ day_of(as_of()) }} then conclusion_on end as conclusion_on,
            case when supervised_on <= {{ day_of(as_of()) }} then supervised_on end as supervised_on
        )
    from listed
    where newness = 1 and held_on <= {{ day_of(as_of()) }}
),

rules as (
    select * from {{ ref('int_rule_spells') }}
),

owed as (
    select
        dialogues.*,
        {{ rule_day('dialogues.held_on', 'notice', 'notice_from', 'notice_to', -1) }} as notice_due_on,
        {{ rule_day('dialogues.held_on', 'conclusion', 'conclusion_from', 'conclusion_to') }} as conclusion_due_on
    from as_it_stood as dialogues
    {% for rule in ['notice', 'conclusion'] -%}
        left join rules as {{ rule }}
            on
                {{ rule }}.rule = '{{ rule }}_days'
                and dialogues.unit_code = {{ rule }}.unit_code
                and dialogues.held_on >= {{ rule }}.from_day
                and dialogues.held_on < {{ rule }}.to_day
        {{ join_rule_day('dialogues.held_on', rule, rule ~ '_from', rule ~ '_to', -1 if rule == 'notice' else 1) }}
    {% endfor %}
),

with_heads as (
    select
        owed.*,
        party.head_id as party_head_id,
        party.full_name as party_head_name,
        government.head_id as government_head_id,
        government.full_name as government_head_name
    from owed
    {% for body in ['party', 'government'] -%}
        inner join {{ ref('int_holder_spells') }} as {{ body }}
            on
                {{ body }}.body = '{{ body }}'
                and owed.unit_code = {{ body }}.unit_code
                and owed.held_on >= {{ body }}.from_day
                and owed.held_on < {{ body }}.to_day
    {% endfor %}
)

select * from with_heads
