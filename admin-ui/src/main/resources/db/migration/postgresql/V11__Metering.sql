-- Stages: which flush of the cache was the last. Answers kept before are never looked at again.
alter table stage add column cache_generation bigint default 0 not null;

-- How fast all APIs of a tenant together may be called; null until an operator says so.
alter table tenant add column throttle_rate double precision;
alter table tenant add column throttle_burst integer;
alter table tenant add column revision bigint default 0 not null;

-- The day since 1970-01-01 on which a key joined its plan; null for those from before it was noted.
alter table plan_key add column joined_on bigint;

-- All that a key may use of a plan's quota in the period of a day since 1970-01-01, as somebody said
-- on that day. Outlives the key's time in the plan, so that to leave and come back grants nothing.
create table quota_grant (
  ordinal bigint primary key,
  account varchar(12) not null,
  plan_id varchar(32) not null,
  key_id varchar(32) not null,
  granted_on bigint not null,
  quota_period varchar(8) not null,
  allowed bigint not null,
  unique (account, plan_id, key_id, granted_on)
);
create index quota_grant_by_key on quota_grant (key_id);
create index quota_grant_by_day on quota_grant (granted_on);

-- Before nodes counted, what was left was all that could be used.
insert into quota_grant (ordinal, account, plan_id, key_id, granted_on, quota_period, allowed)
select g.ordinal, g.account, g.plan_id, g.key_id, g.granted_on,
  case
    when p.body like '%"period":"WEEK"%' then 'WEEK'
    when p.body like '%"period":"MONTH"%' then 'MONTH'
    else 'DAY'
  end,
  g.remaining
from usage_grant g join usage_plan p on p.account = g.account and p.plan_id = g.plan_id;
drop table usage_grant;

-- What nodes have counted of one key in one plan, by quota period: numbers of each node, which only
-- grow within the period. Outlives the key's time in the plan as well.
create table usage_count (
  ordinal bigint primary key,
  account varchar(12) not null,
  plan_id varchar(32) not null,
  key_id varchar(32) not null,
  quota_period varchar(8) not null,
  start_day bigint not null,
  counts text not null,
  unique (account, plan_id, key_id, quota_period, start_day)
);
create index usage_count_by_key on usage_count (key_id, start_day);
create index usage_count_by_start on usage_count (start_day);
