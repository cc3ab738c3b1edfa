-- What is counted by itself: a stage, its canary, or one method of either.
create table metric_series (
  ordinal bigint primary key,
  account varchar(12) not null,
  -- A digest of the five that follow, for paths may be longer than an index takes.
  series_key varchar(64) not null,
  api_id varchar(32) not null,
  stage_name varchar(200) not null,
  http_method varchar(16) not null,
  resource_path text not null,
  -- The last day since 1970-01-01 on which something was counted.
  last_day bigint not null,
  unique (account, series_key)
);
create index metric_series_by_api on metric_series (account, api_id);

-- What was counted in a period of 1, 5, 60 or 1440 minutes, which begins at a minute since
-- 1970-01-01: counts and histograms of latencies, packed.
create table metric_figures (
  ordinal bigint primary key,
  account varchar(12) not null,
  series_id bigint not null,
  period_minutes integer not null,
  start_minute bigint not null,
  figures bytea not null,
  unique (account, series_id, period_minutes, start_minute)
);
create index metric_figures_by_start on metric_figures (period_minutes, start_minute);

-- Up to which of its records what a node has counted is in the tables above.
create table metric_position (
  ordinal bigint primary key,
  account varchar(12) not null,
  node varchar(200) not null unique,
  spool varchar(64) not null,
  last_record bigint not null,
  stored_minute bigint not null
);

-- Of no node: whoever stores holds it, so that one control plane stores at a time.
insert into metric_position (ordinal, account, node, spool, last_record, stored_minute)
values (nextval('ordinal_seq'), '000000000000', '', '', 0, 0);
