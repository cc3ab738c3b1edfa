-- User pools: whose tokens the authorizers of an account take; their users are the issuer's.
create table user_pool (
  ordinal bigint primary key,
  account varchar(12) not null,
  pool_id varchar(55) not null,
  body text not null,
  revision bigint not null,
  unique (account, pool_id)
);
create index user_pool_by_account on user_pool (account, ordinal);

-- Who asks for tokens names a client alone, so an id has one owner in the whole installation.
create table user_pool_client (
  ordinal bigint primary key,
  account varchar(12) not null,
  pool_id varchar(55) not null,
  client_id varchar(128) not null,
  sealed_secret text,
  body text not null,
  unique (client_id),
  foreign key (account, pool_id) references user_pool (account, pool_id)
);
create index user_pool_client_by_pool on user_pool_client (account, pool_id, ordinal);

create table resource_server (
  ordinal bigint primary key,
  account varchar(12) not null,
  pool_id varchar(55) not null,
  identifier varchar(256) not null,
  body text not null,
  unique (account, pool_id, identifier),
  foreign key (account, pool_id) references user_pool (account, pool_id)
);
