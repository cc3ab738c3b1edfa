-- A change to one resource writes one row. APIs from before hold theirs in their document until the first edit.
create table api_resource (
  ordinal bigint primary key,
  account varchar(12) not null,
  api_id varchar(32) not null,
  resource_id varchar(32) not null,
  body text not null,
  unique (account, api_id, resource_id),
  foreign key (account, api_id) references api (account, api_id)
);

-- Stands for one content of an API: drawn at random with every write.
alter table api add column token varchar(36) default '' not null;
