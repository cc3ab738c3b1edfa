-- The certificates that stages show to backends.
create table client_certificate (
  ordinal bigint primary key,
  account varchar(12) not null,
  certificate_id varchar(32) not null,
  body clob not null,
  sealed_key clob not null,
  unique (account, certificate_id)
);
create index client_certificate_by_account on client_certificate (account, ordinal);

alter table stage add column client_certificate_id varchar(32);
alter table stage add foreign key (account, client_certificate_id)
  references client_certificate (account, certificate_id);
create index stage_by_certificate on stage (account, client_certificate_id);

create table vpc_link (
  ordinal bigint primary key,
  account varchar(12) not null,
  link_id varchar(32) not null,
  body clob not null,
  unique (account, link_id)
);
create index vpc_link_by_account on vpc_link (account, ordinal);

create table account_settings (
  ordinal bigint primary key,
  account varchar(12) not null unique,
  cloudwatch_role_arn varchar(2048)
);

-- A name that nodes answer to has one owner in the whole installation; private names, which have a
-- domain_id, are answered to by none and may be anybody's.
create table domain_name (
  ordinal bigint primary key,
  account varchar(12) not null,
  name varchar(253) not null,
  domain_id varchar(32) not null,
  served_name varchar(253) unique,
  parent_name varchar(253),
  body clob not null,
  revision bigint not null,
  unique (account, name, domain_id)
);
create index domain_name_by_account on domain_name (account, ordinal);
create index domain_name_by_parent on domain_name (parent_name);

create table base_path_mapping (
  ordinal bigint primary key,
  account varchar(12) not null,
  domain_ordinal bigint not null references domain_name (ordinal),
  base_path varchar(300) not null,
  api_id varchar(32) not null,
  stage_name varchar(128),
  unique (domain_ordinal, base_path),
  foreign key (account, api_id) references api (account, api_id),
  foreign key (account, api_id, stage_name) references stage (account, api_id, stage_name)
);
create index base_path_mapping_by_stage on base_path_mapping (account, api_id, stage_name);

create table domain_access (
  ordinal bigint primary key,
  account varchar(12) not null,
  domain_ordinal bigint not null references domain_name (ordinal),
  arn varchar(2048) not null,
  body clob not null,
  unique (account, arn)
);
create index domain_access_by_domain on domain_access (domain_ordinal);
