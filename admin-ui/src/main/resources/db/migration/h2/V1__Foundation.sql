-- Every listing is paged by the order of creation, which this sequence gives.
create sequence ordinal_seq start with 1 increment by 1;

create table tenant (
  ordinal bigint primary key,
  account varchar(12) not null unique,
  name varchar(256) not null,
  created bigint not null
);

create table access_key (
  ordinal bigint primary key,
  account varchar(12) not null references tenant (account),
  access_key_id varchar(128) not null unique,
  sealed_secret varchar(1024) not null,
  role varchar(16) not null,
  active boolean not null,
  created bigint not null
);
create index access_key_by_account on access_key (account, ordinal);

create table api (
  ordinal bigint primary key,
  account varchar(12) not null,
  api_id varchar(32) not null unique,
  document clob not null,
  revision bigint not null,
  unique (account, api_id)
);
create index api_by_account on api (account, ordinal);

create table deployment (
  ordinal bigint primary key,
  account varchar(12) not null,
  api_id varchar(32) not null,
  deployment_id varchar(32) not null,
  body clob not null,
  document clob not null,
  unique (account, api_id, deployment_id),
  foreign key (account, api_id) references api (account, api_id)
);

create table stage (
  ordinal bigint primary key,
  account varchar(12) not null,
  api_id varchar(32) not null,
  stage_name varchar(128) not null,
  deployment_id varchar(32) not null,
  body clob not null,
  revision bigint not null,
  unique (account, api_id, stage_name),
  foreign key (account, api_id, deployment_id)
    references deployment (account, api_id, deployment_id)
);

create table api_key (
  ordinal bigint primary key,
  account varchar(12) not null,
  key_id varchar(32) not null,
  name varchar(1024),
  customer_id varchar(1024),
  sealed_value varchar(1024) not null,
  sha256 varchar(64) not null,
  body clob not null,
  revision bigint not null,
  unique (account, key_id),
  unique (account, sha256)
);
create index api_key_by_account on api_key (account, ordinal);

create table usage_plan (
  ordinal bigint primary key,
  account varchar(12) not null,
  plan_id varchar(32) not null,
  body clob not null,
  revision bigint not null,
  unique (account, plan_id)
);
create index usage_plan_by_account on usage_plan (account, ordinal);

create table plan_key (
  ordinal bigint primary key,
  account varchar(12) not null,
  plan_id varchar(32) not null,
  key_id varchar(32) not null,
  unique (account, plan_id, key_id),
  foreign key (account, plan_id) references usage_plan (account, plan_id),
  foreign key (account, key_id) references api_key (account, key_id)
);
create index plan_key_by_key on plan_key (account, key_id);
