-- What an access key is limited to; none: to nothing.
alter table access_key add column policy clob;

create table audit_record (
  ordinal bigint primary key,
  account varchar(12) not null,
  at bigint not null,
  principal varchar(2048) not null,
  door varchar(32) not null,
  source varchar(64) not null,
  operation varchar(128) not null,
  resource varchar(4096) not null,
  outcome varchar(64) not null,
  message varchar(1024) not null,
  state_before clob not null,
  state_after clob not null
);
create index audit_record_by_account on audit_record (account, ordinal);
create index audit_record_by_time on audit_record (at);
