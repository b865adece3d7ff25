-- Q on PostgreSQL 14 or later, layout 1: the tables.
--
-- Everything goes into the first schema of the search_path, and every function keeps the
-- search_path under which it was made. All times are milliseconds since 1970 by the
-- clock of the server, all names begin with q_.

-- Which files were run, and when: each is a step of its layout. A node runs those that it
-- knows and that are missing, refuses a layout newer than it knows, and leaves steps alone
-- that it does not know: they only add.
create table q_history (
	layout int not null,
	step int not null,
	installed_at timestamptz not null default clock_timestamp(),
	primary key (layout, step)
);

-- Positions, and the order of enqueues. Drawn outside of transactions, so there are gaps.
create sequence q_seq;

-- Jobs that have not ended. What a claim or a renewal changes - token, lease_until,
-- lease_ms, worker, started_ms, deliveries - is in no index, so that these updates stay
-- within their page and touch no index (HOT); the fillfactor leaves room for them.
create table q_job (
	id uuid not null,
	queue text collate "C" not null,
	-- Where the job stands. 2 * priority: ready, and handed back, so it goes before what
	-- was never claimed. 2 * priority + 1: ready. 20: waits for its time. 21: waits for its
	-- unique key.
	lane smallint not null,
	prio smallint not null,
	-- Place in the lane: from q_seq if ready, the due time in lane 20. A job that becomes
	-- ready again gets a new place, behind everything in its lane.
	pos bigint not null,
	-- Order of enqueue.
	seq bigint not null,
	created_ms bigint not null,
	run_ms bigint not null,
	expires_ms bigint,
	-- Random for each claim; null if nobody holds the job.
	token bigint,
	lease_until bigint,
	lease_ms bigint,
	own_lease_ms bigint,
	started_ms bigint,
	unhandled_ms bigint,
	deliveries int not null default 0,
	failures int not null default 0,
	crashes int not null default 0,
	nacks int not null default 0,
	releases int not null default 0,
	max_crashes int not null,
	-- In lane 20: waits for its next attempt, not for its first.
	retrying boolean not null default false,
	type text not null,
	worker text,
	-- SHA-256 of the unique key.
	uniq bytea,
	-- What few jobs have, in lines of name=value.
	options text,
	-- The last failure.
	error text,
	payload bytea not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000,
	autovacuum_vacuum_insert_scale_factor = 0.2, autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.2);
create unique index q_job_id on q_job (id, queue);
create index q_job_lane on q_job (queue, lane, pos);
-- No job expires before it is there, so none comes in behind those that were looked at.
create index q_job_expires on q_job (greatest(expires_ms, created_ms)) where expires_ms is not null;

-- Jobs that have ended, as long as they are kept.
create table q_finished (
	id uuid not null,
	queue text collate "C" not null,
	-- 5 succeeded, 6 dead, 7 cancelled, 8 expired.
	state smallint not null,
	prio smallint not null,
	-- Order of the ends.
	n bigint not null,
	seq bigint not null,
	created_ms bigint not null,
	run_ms bigint not null,
	expires_ms bigint,
	own_lease_ms bigint,
	started_ms bigint,
	unhandled_ms bigint,
	finished_ms bigint not null,
	deliveries int not null,
	failures int not null,
	crashes int not null,
	nacks int not null,
	releases int not null,
	max_crashes int not null,
	type text not null,
	uniq bytea,
	options text,
	error text,
	payload bytea not null,
	dead_reason text,
	cancel_reason text,
	-- Of a value, its content type; null if there is none.
	result_type text,
	result bytea,
	-- Why there is no value, where there should be one.
	omitted text
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
create unique index q_finished_id on q_finished (id, queue);
create index q_finished_end on q_finished (queue, state, n);

-- Attempts of jobs that ended, but not well: see AttemptHistory. Of each job the last 20, as
-- long as the job is there. Whoever writes here has locked the job.
create table q_attempt (
	id uuid not null,
	queue text collate "C" not null,
	-- How many times the job had been claimed by then.
	number int not null,
	outcome text,
	worker text,
	started_ms bigint,
	ended_ms bigint,
	-- Its failure, if it has one. Of the last 5 with the stack trace.
	error text
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
create unique index q_attempt_id on q_attempt (id, number, queue);

-- One row for each claim: which jobs it took, and when to look after them. Every leased
-- job is named in a row that is due no later than its lease ends.
create table q_lease (
	until_ms bigint not null,
	token bigint not null,
	ids uuid[] not null
) with (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
create index q_lease_until on q_lease (until_ms);

-- Tokens of claims that their nodes heard nothing of, and may be committed still. Nobody
-- works such jobs.
create table q_unheard (
	token bigint primary key,
	until_ms bigint not null
);

-- Unique keys that are held, by SHA-256.
create table q_unique (
	queue text collate "C" not null,
	key bytea not null,
	-- Who holds it. Of a window the job may be gone.
	job_id uuid not null,
	-- How long: 0 until the job is done, 1 until it is claimed, 2 until it succeeds, 3 until
	-- until_ms.
	scope smallint not null default 0,
	until_ms bigint,
	-- The job in lane 21 that has it next, if that is still there.
	next_id uuid,
	primary key (key, queue)
);
create index q_unique_until on q_unique (until_ms) where until_ms is not null;

-- Which queues have ever been used, and their lanes. A set: a row may be there twice,
-- since whoever does not see one adds one, and so waits for nobody.
create table q_lane (
	queue text collate "C" not null,
	lane smallint not null
);
create index q_lane_queue on q_lane (queue, lane);

-- What was said about a queue. Most have no row.
create table q_queue (
	name text collate "C" primary key,
	-- NONE, IN, OUT or ALL.
	pause text not null default 'NONE',
	-- While it is paused: who said so, if that is known, and since when.
	paused_by text,
	paused_ms bigint,
	-- How many jobs may surely come in under this limit before the next count.
	credit bigint not null default 0,
	credit_limit int not null default 0
) with (fillfactor = 50);

-- Since when each look has found a queue without jobs, whether they have ended or not, and
-- not paused. Only who lists queues relies on it, and looks for jobs too.
create table q_empty (
	queue text collate "C" primary key,
	since_ms bigint not null
);

-- The last count of queues that hold more than is counted on demand.
create table q_count (
	queue text collate "C" not null,
	state text not null,
	many bigint not null,
	primary key (queue, state)
) with (fillfactor = 50);

-- What exclusive queues handed out last. A job runs as long as it has that token. Whoever
-- claims from such a queue holds its row until the end of the transaction.
create table q_alone (
	queue text collate "C" primary key,
	id uuid,
	token bigint
) with (fillfactor = 50);

create table q_schedule (
	name text collate "C" primary key,
	trigger_text text not null,
	zone text not null,
	rules text not null,
	next_ms bigint not null,
	paused boolean not null,
	last_job uuid,
	queue text collate "C" not null,
	prio smallint not null,
	max_crashes int not null,
	own_lease_ms bigint,
	type text not null,
	options text,
	payload bytea not null
) with (fillfactor = 50);
create index q_schedule_due on q_schedule (next_ms) where not paused;

create table q_worker (
	id text collate "C" primary key,
	host text not null,
	-- In the form of ISO 8601, to the nanosecond.
	started text not null,
	state text not null,
	queues text[] not null,
	-- Those of them of which one job at a time runs, as far as the worker knows.
	exclusive text[] not null default '{}',
	slots int not null,
	running int not null,
	until_ms bigint not null
) with (fillfactor = 50);

-- Who wants to be told of jobs. Lost in a crash of the server, which costs a look.
create unlogged table q_waiter (
	queue text collate "C" not null,
	n bigint not null default nextval('q_seq'),
	worker text not null,
	until_ms bigint not null
);
create index q_waiter_queue on q_waiter (queue, n);

-- All jobs, for people and for the functions that look.
create view q_jobs as
	select id, queue,
		case when token is not null then 'RUNNING' when lane < 20 then 'READY' when lane = 21 then 'BLOCKED' when retrying then 'RETRYING' else 'SCHEDULED' end as state,
		type, prio, created_ms, run_ms, expires_ms, started_ms, null::bigint as finished_ms, unhandled_ms,
		deliveries, failures, crashes, nacks, releases, max_crashes, own_lease_ms,
		worker, lease_until, error, null::text as dead_reason, null::text as cancel_reason,
		null::text as result_type, null::bytea as result, null::text as omitted, options, payload
	from q_job
	union all
	select id, queue,
		case state when 5 then 'SUCCEEDED' when 6 then 'DEAD' when 7 then 'CANCELLED' else 'EXPIRED' end,
		type, prio, created_ms, run_ms, expires_ms, started_ms, finished_ms, unhandled_ms,
		deliveries, failures, crashes, nacks, releases, max_crashes, own_lease_ms,
		null, null, error, dead_reason, cancel_reason,
		result_type, result, omitted, options, payload
	from q_finished;

-- The one clock. Nothing else asks for the time.
create function q_now() returns bigint language sql volatile
	as $$ select (extract(epoch from clock_timestamp()) * 1000)::bigint $$;

-- When this transaction began, by the same clock.
create function q_began() returns bigint language sql stable
	as $$ select (extract(epoch from transaction_timestamp()) * 1000)::bigint $$;

insert into q_history (layout, step) values (1, 1);
