-- IAM: who an account's programs are, and what they may do. Rows name each other by the unique ids
-- that the vendor's protocol knows, so that renaming changes one row.
create table iam_identity (
  ordinal bigint primary key,
  account varchar(12) not null,
  kind varchar(8) not null,
  identity_name varchar(128) not null,
  lower_name varchar(128) not null,
  path varchar(512) not null,
  unique_id varchar(32) not null,
  body clob not null,
  revision bigint not null,
  unique (account, unique_id),
  unique (account, kind, lower_name)
);
create index iam_identity_by_account on iam_identity (account, kind, ordinal);

create table iam_membership (
  ordinal bigint primary key,
  account varchar(12) not null,
  group_id varchar(32) not null,
  user_id varchar(32) not null,
  unique (account, group_id, user_id),
  foreign key (account, group_id) references iam_identity (account, unique_id),
  foreign key (account, user_id) references iam_identity (account, unique_id)
);
create index iam_membership_by_user on iam_membership (account, user_id);

create table iam_policy (
  ordinal bigint primary key,
  account varchar(12) not null,
  policy_arn varchar(2048) not null,
  policy_name varchar(256) not null,
  lower_name varchar(256) not null,
  path varchar(512) not null,
  policy_id varchar(32) not null,
  last_version bigint not null,
  default_version bigint not null,
  body clob not null,
  unique (account, policy_id),
  unique (account, lower_name)
);
create index iam_policy_by_account on iam_policy (account, ordinal);

create table iam_policy_version (
  ordinal bigint primary key,
  account varchar(12) not null,
  policy_id varchar(32) not null,
  version bigint not null,
  document clob not null,
  created bigint not null,
  unique (account, policy_id, version),
  foreign key (account, policy_id) references iam_policy (account, policy_id)
);

-- Policies that come with the product have no row of their own, so an attachment names an ARN.
create table iam_attachment (
  ordinal bigint primary key,
  account varchar(12) not null,
  identity_id varchar(32) not null,
  policy_arn varchar(2048) not null,
  boundary boolean not null,
  unique (account, identity_id, policy_arn, boundary),
  foreign key (account, identity_id) references iam_identity (account, unique_id)
);
create index iam_attachment_by_policy on iam_attachment (account, policy_arn);

-- An access key so far was somebody of its own: it becomes the key of a user of its name, with the
-- policy of its role, and with what it was limited to as the boundary. ARN and id stay.
alter table access_key add column user_id varchar(32);
update access_key set user_id = 'AIDA' || 
  upper(substring(rawtohex(hash('SHA-256', stringtoutf8(
    'arn:aws:iam::' || account || ':user/' || access_key_id))), 1, 17));

insert into iam_identity
  (ordinal, account, kind, identity_name, lower_name, path, unique_id, body, revision)
select next value for ordinal_seq, account, 'USER', access_key_id, lower(access_key_id), '/', user_id,
  '{"created":' || created || ',"maxSessionSeconds":0,"policies":{},"tags":{}}', created
from access_key;

insert into iam_attachment (ordinal, account, identity_id, policy_arn, boundary)
select next value for ordinal_seq, account, user_id,
  'arn:aws:iam::aws:policy/Gatehouse' || case role
    when 'OPERATOR' then 'Owner' when 'OWNER' then 'Owner' when 'DEVELOPER' then 'Developer'
    else 'Viewer' end,
  false
from access_key;

insert into iam_policy
  (ordinal, account, policy_arn, policy_name, lower_name, path, policy_id, last_version,
   default_version, body)
select next value for ordinal_seq, account, 'arn:aws:iam::' || account || ':policy/limits-' || access_key_id,
  'limits-' || access_key_id, lower('limits-' || access_key_id), '/',
  'ANPA' || substring(user_id, 5), 1, 1,
  '{"created":' || created || ',"updated":' || created || ',"tags":{}}'
from access_key where policy is not null;

insert into iam_policy_version (ordinal, account, policy_id, version, document, created)
select next value for ordinal_seq, account, 'ANPA' || substring(user_id, 5), 1, policy, created
from access_key where policy is not null;

insert into iam_attachment (ordinal, account, identity_id, policy_arn, boundary)
select next value for ordinal_seq, account, user_id,
  'arn:aws:iam::' || account || ':policy/limits-' || access_key_id, true
from access_key where policy is not null;

alter table access_key alter column user_id set not null;
alter table access_key add foreign key (account, user_id)
  references iam_identity (account, unique_id);
create index access_key_by_user on access_key (account, user_id);
alter table access_key drop column role;
alter table access_key drop column policy;
