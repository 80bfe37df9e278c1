-- A vacancy is split where its unit begins and ends: a post that does not exist is not vacant.
with spells as (
    select * from {{ ref('int_holder_spells') }}
),

lives as (
    select
        unit_code,
        min(valid_from) as began_on,
        max(valid_to) as ended_on
    from {{ ref('stg_units') }}
    group by unit_code
),

stretches as (
    select unit_code, {{ first_day() }} as from_day, began_on as to_day, false as unit_in_force from lives
    union all by name
    select unit_code, began_on as from_day, ended_on as to_day, true as unit_in_force from lives
    union all by name
    select unit_code, ended_on as from_day, {{ last_day() }} as to_day, false as unit_in_force from lives
),

cut as (
    select
        spells.* replace (
            greatest(spells.from_day, stretches.from_day) as from_day,
            least(spells.to_day, stretches.to_day) as to_day,
            case when stretches.unit_in_force then spells.full_name else posts.no_post_name end as full_name
        ),
        stretches.unit_in_force
    from spells
    inner join {{ ref('posts') }} as posts on spells.body = posts.body
    inner join stretches
        on
            spells.unit_code = stretches.unit_code
            and spells.from_day < stretches.to_day
            and stretches.from_day < spells.to_day
    where spells.leader_code = 'vacant'
    union all by name
    select
        *,
        true as unit_in_force
    from spells
    where leader_code <> 'vacant'
)

select
    head_id,
    leader_code,
    full_name,
    unit_code,
    body,
    cast(post as varchar) as post,
    nullif(from_day, {{ first_day() }}) as from_on,
    nullif(to_day, {{ last_day() }}) as to_on,
    unit_in_force
from cut
