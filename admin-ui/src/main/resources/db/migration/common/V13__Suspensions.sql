-- When an operator suspended a tenant (milliseconds since 1970), and why; null while it is served.
alter table tenant add column suspended_at bigint;
alter table tenant add column suspended_reason varchar(500);
