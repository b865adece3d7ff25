-- The application has come to version 3 when it begins to use Q.
create table orders (id bigint primary key);
