-- Functions that run on this installation's nodes, their versions, and the code of both.
create table lambda_function (
  ordinal bigint primary key,
  account varchar(12) not null,
  function_name varchar(64) not null,
  last_version bigint not null,
  body clob not null,
  revision bigint not null,
  unique (account, function_name)
);
create index lambda_function_by_account on lambda_function (account, ordinal);

-- Of one archive an account keeps one copy, whatever names it.
create table function_code (
  ordinal bigint primary key,
  account varchar(12) not null,
  sha256 varchar(64) not null,
  size bigint not null,
  unpacked_size bigint not null,
  archive blob not null,
  unique (account, sha256)
);

create table function_version (
  ordinal bigint primary key,
  account varchar(12) not null,
  function_name varchar(64) not null,
  version varchar(20) not null,
  code_sha256 varchar(64) not null,
  layer_codes varchar(400) not null,
  body clob not null,
  sealed_environment clob,
  unique (account, function_name, version),
  foreign key (account, function_name) references lambda_function (account, function_name),
  foreign key (account, code_sha256) references function_code (account, sha256)
);
create index function_version_by_function on function_version (account, function_name, ordinal);
create index function_version_by_code on function_version (account, code_sha256);

-- Numbers of layers' versions are not given again, so a layer outlives them.
create table function_layer (
  ordinal bigint primary key,
  account varchar(12) not null,
  layer_name varchar(64) not null,
  last_version bigint not null,
  unique (account, layer_name)
);

create table layer_version (
  ordinal bigint primary key,
  account varchar(12) not null,
  layer_name varchar(64) not null,
  version bigint not null,
  code_sha256 varchar(64) not null,
  body clob not null,
  unique (account, layer_name, version),
  foreign key (account, layer_name) references function_layer (account, layer_name),
  foreign key (account, code_sha256) references function_code (account, sha256)
);
create index layer_version_by_code on layer_version (account, code_sha256);
