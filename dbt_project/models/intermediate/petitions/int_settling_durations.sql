-- Petitions in scope at the cutoff; those open then are censored there. Durations are whole microseconds, so that
-- ties are exact.
with petitions as (
    select
        *,
        {{ day_of('received_at') }} as received_on
    from {{ ref('int_petitions') }}
),

subjects as (
    select * from {{ ref('int_subjects') }}
    where subject_type = 'unit'
),

map_days as (
    select
        map_day,
        lead(map_day, 1, {{ last_day() }}) over (order by map_day) as next_map_day
    from (select distinct from_day as map_day from {{ ref('int_unit_subjects') }}) as days
),

received as (
    select
        subjects.subject_no,
        fields.field_no,
        cells.cell_start,
        map_days.map_day,
        epoch_us(petitions.received_at) as received_us,
        epoch_us(petitions.settled_at) as settled_us,
        epoch_us(petitions.left_at) as left_us
    from petitions
    inner join subjects on petitions.responsible_unit_code = subjects.subject_id
    inner join {{ ref('int_fields') }} as fields on petitions.field_code = fields.field_code
    inner join {{ ref('int_cells') }} as cells
        on petitions.received_on between cells.cell_start and cells.cell_end
    inner join map_days
        on petitions.received_on >= map_days.map_day and petitions.received_on < map_days.next_map_day
),

cells_of_periods as (
    select
        periods.period_no,
        cells.cell_start,
        epoch_us(periods.cutoff) as cutoff_us
    from {{ ref('int_periods') }} as periods
    inner join {{ ref('int_cells') }} as cells
        on cells.cell_start between periods.period_start and periods.period_end
),

durations as (
    select
        cells.period_no,
        received.subject_no,
        received.field_no,
        received.map_day,
        case
            when received.settled_us <= cells.cutoff_us then received.settled_us
            else cells.cutoff_us
        end - received.received_us as duration,
        cast(count(*) filter (where received.settled_us <= cells.cutoff_us) as integer) as settled,
        cast(count(*) as integer) as observed
    from received
    inner join cells_of_periods as cells on received.cell_start = cells.cell_start
    where received.left_us is null or received.left_us > cells.cutoff_us
    group by all
)

select * from durations
