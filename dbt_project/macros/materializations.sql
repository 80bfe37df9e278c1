{#- Replace a table in place, in the transaction of its node. The adapter would create the new one under another name
    and rename both: five statements that take longer than the query in a small build. Readers never see the warehouse
    during a build, as they read published snapshots. -#}
{% materialization table, adapter='duckdb' %}
    {{ return(replaced(this.incorporate(type='table'), create_table_as(False, this, compiled_code))) }}
{% endmaterialization %}

{#- Replace a view in place, as tables are. -#}
{% materialization view, adapter='duckdb' %}
    {{ return(replaced(this.incorporate(type='view'), create_view_as(this, compiled_code))) }}
{% endmaterialization %}

{#- Drop the existing relation, if any, and run the statement that creates the new one. -#}
{% macro replaced(relation, creation) %}
    {%- set existing = load_cached_relation(relation) -%}
    {%- call statement('main') -%}
        {%- if existing is not none %} drop {{ existing.type }} {{ relation }}; {% endif -%}
        {{ creation }}
    {%- endcall -%}
    {{ adapter.commit() }}
    {{ return({'relations': [relation]}) }}
{% endmacro %}
