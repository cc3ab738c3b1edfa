-- A deleted deployment stays restorable: when it was deleted, in milliseconds since 1970.
alter table deployment add column deleted bigint;
create index deployment_by_api on deployment (account, api_id, ordinal);

-- What a stage's canary serves must stay as well.
alter table stage add column canary_deployment_id varchar(32);
alter table stage add foreign key (account, api_id, canary_deployment_id)
  references deployment (account, api_id, deployment_id);

create index plan_key_by_plan on plan_key (account, plan_id, ordinal);

-- What somebody set as left of a key's quota in a plan, and on which day since 1970-01-01.
create table usage_grant (
  ordinal bigint primary key,
  account varchar(12) not null,
  plan_id varchar(32) not null,
  key_id varchar(32) not null,
  granted_on bigint not null,
  remaining bigint not null,
  unique (account, plan_id, key_id, granted_on),
  foreign key (account, plan_id, key_id)
    references plan_key (account, plan_id, key_id) on delete cascade
);
