-- What an account has set for all of its integrations; keys are sealed within the roles.
create table backend_access (
  ordinal bigint primary key,
  account varchar(12) not null unique,
  roles clob not null,
  endpoints clob not null,
  authorities clob not null,
  revision bigint not null
);

-- Nodes are told of VPC links from now on.
alter table vpc_link add column revision bigint default 1 not null;
