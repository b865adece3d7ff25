-- Q on PostgreSQL, layout 1: handing jobs out.

-- Of these queues, those with jobs whose time has come that nobody else makes ready just
-- now; until the end of this transaction they are left to it. The next statement sees all
-- that others have moved before. If it did not, it would lock jobs that are ready by now,
-- and let them go: meanwhile a claim passes over them, and raises its lower bound past them.
create function q_due_here_v1(in_queues text[], in_lows bigint[], in_now bigint)
	returns table (queue text, low bigint) language sql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
	select x.queue, x.low from unnest(in_queues, in_lows) x (queue, low)
		where case when exists (select from q_job c where c.queue = x.queue and c.lane = 20 and c.pos > x.low and c.pos <= in_now offset 0)
			then pg_try_advisory_xact_lock(hashtextextended(x.queue, 'q_job'::regclass::oid::bigint)) else false end
$$;

-- Makes jobs ready whose time has come, by due time and then by order of enqueue. Looks
-- at due times above in_lows only, and takes in_most jobs at most. Must not sort all that
-- are due, but only those of one time after the other: there may be very many.
create function q_due_v1(in_queues text[], in_lows bigint[], in_now bigint, in_most bigint)
	returns table (queue text, many bigint) language sql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_sort = off
	as $$
	with due as materialized (
		select j.ctid, j.queue, j.prio, j.pos, j.seq from unnest(in_queues, in_lows) x (queue, low)
			cross join lateral (select c.ctid, c.queue, c.prio, c.pos, c.seq from q_job c
				where c.queue = x.queue and c.lane = 20 and c.pos > x.low and c.pos <= in_now
				order by c.pos, c.seq limit in_most for update skip locked) j
			limit in_most),
	placed as materialized (
		select d.ctid, 2 * d.prio + 1 as lane, nextval('q_seq') as pos from (select * from due order by pos, seq) d),
	moved as (
		update q_job j set lane = p.lane, pos = p.pos, retrying = false from placed p where j.ctid = p.ctid returning j.queue)
	select m.queue, count(*) from moved m group by m.queue
$$;

-- Leases ready jobs: queue by queue, lane by lane, in the order of their places. Looks at
-- places above a lower bound only, where one is given, and at due times above in_due_lows.
-- Brings 16 MiB of payload at most, but one job at least.
--
-- The rows of jobs come in no order; `place` is the place of their lane among all lanes. It
-- is 0 in a row that says that more jobs of a queue were looked at than are brought: for their
-- size, or since somebody handed one back at that moment. Such rows have the first position
-- that was left, and in deliveries how many: claims of others have passed over them meanwhile.
-- The last row has no id and is about the whole: in created_ms the time, in run_ms when
-- the next job is due, in pos, token and lease_ms a sample of the horizon if one was asked
-- for by in_ignore_below: the last position, the id of this transaction, which was given
-- after that position was read, and the lowest id of a transaction that may be running;
-- in queues those in which jobs became ready, in lane_queues and
-- lane_numbers the lanes that were looked at, in their order.
create function q_claim_v1(in_queues text[], in_due_lows bigint[], in_low_queues text[], in_low_lanes smallint[], in_lows bigint[],
	in_limit int, in_token bigint, in_lease_ms bigint, in_worker text, in_ignore_below bigint)
	returns table (place int, id uuid, queue text, lane smallint, pos bigint, prio smallint, type text, payload bytea, options text,
		created_ms bigint, run_ms bigint, expires_ms bigint, started_ms bigint, unhandled_ms bigint, lease_ms bigint, own_lease_ms bigint,
		deliveries int, failures int, crashes int, nacks int, releases int, max_crashes int, token bigint, queues text[], lane_queues text[], lane_numbers smallint[])
	language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
#variable_conflict use_column
declare
	now_ms bigint := q_now();
	usual text := current_setting('synchronous_commit');
	said text := set_config('synchronous_commit', 'off', true);
	promoted text[];
	looked_queues text[];
	lanes smallint[];
	lows bigint[];
	got int;
	next_due bigint;
	due_queues text[];
	due_lows bigint[];
	drawn bigint;
	own bigint;
	oldest bigint;
begin
	if in_ignore_below is not null then
		-- In this order, in two statements: see Horizon.java.
		select last_value into drawn from q_seq;
		own := pg_current_xact_id()::text::bigint;
	end if;
	for i in 1 .. 2 loop
		select min(j.pos) into next_due from unnest(in_queues, in_due_lows) x (queue, low)
			cross join lateral (select c.pos from q_job c where c.queue = x.queue and c.lane = 20 and c.pos > x.low order by c.pos limit 1) j
			where not exists (select from q_queue q where q.name = x.queue and q.pause in ('OUT', 'ALL') offset 0);
		exit when next_due is null or next_due > now_ms or i = 2;
		select array_agg(d.queue), array_agg(d.low) into due_queues, due_lows from q_due_here_v1(in_queues, in_due_lows, now_ms) d;
		exit when due_queues is null;
		select array_agg(d.queue) into promoted from q_due_v1(due_queues, due_lows, now_ms, in_limit::bigint + 1000) d;
	end loop;
	select array_agg(x.queue order by x.o, x.lane), array_agg(x.lane order by x.o, x.lane), array_agg(coalesce(y.low, 0) order by x.o, x.lane)
		into looked_queues, lanes, lows
		from (select distinct o.queue, l.lane, o.o from unnest(in_queues) with ordinality o (queue, o) join q_lane l on l.queue = o.queue
			where not exists (select from q_queue q where q.name = o.queue and q.pause in ('OUT', 'ALL') offset 0)) x
		left join unnest(in_low_queues, in_low_lanes, in_lows) y (queue, lane, low) on y.queue = x.queue and y.lane = x.lane;
	return query
		with picked as materialized (
			select j.ctid, l.o, j.pos, j.size from unnest(looked_queues, lanes, lows) with ordinality l (queue, lane, low, o)
				cross join lateral (select c.ctid, c.pos, octet_length(c.payload) as size from q_job c
					where c.queue = l.queue and c.lane = l.lane and c.pos > l.low and c.token is null
						and (c.expires_ms is null or c.expires_ms > now_ms)
					order by c.pos limit in_limit for update skip locked) j
				limit in_limit),
		chosen as materialized (
			select s.* from (select p.*, sum(p.size) over (order by p.o, p.pos) - p.size as before from picked p) s
			where s.before < 16777216),
		taken as (
			update q_job j set token = in_token, lease_ms = coalesce(j.own_lease_ms, in_lease_ms),
					lease_until = now_ms + coalesce(j.own_lease_ms, in_lease_ms), worker = in_worker, started_ms = now_ms,
					deliveries = j.deliveries + 1
				from chosen c where j.ctid = c.ctid
				returning c.o, c.ctid as spot, j.*),
		noted as (
			-- The claim of a job that may start once is on the disk before it is answered.
			insert into q_lease (until_ms, token, ids)
				select min(t.lease_until), in_token, array_agg(t.id) from taken t
				having count(*) > 0 and case when bool_or(position(E'\ndelivery=AT_MOST_ONCE' in E'\n' || t.options) > 0)
					then set_config('synchronous_commit', case usual when 'off' then 'on' else usual end, true) is not null else true end)
		select t.o::int, t.id, t.queue, t.lane, t.pos, t.prio, t.type, t.payload, t.options,
			t.created_ms, t.run_ms, t.expires_ms, t.started_ms, t.unhandled_ms, t.lease_ms, t.own_lease_ms,
			t.deliveries, t.failures, t.crashes, t.nacks, t.releases, t.max_crashes, t.token, null::text[], null::text[], null::smallint[]
		from taken t
		union all
		select 0, null, x.queue, null, x.pos, null, null, null, null, null, null, null, null, null, null, null,
			x.many, null, null, null, null, null, null, null, null, null
		from (select looked_queues[p.o] as queue, min(p.pos) as pos, count(*)::int as many from picked p
			where p.ctid not in (select t.spot from taken t) group by 1) x
		where (select count(*) from picked) > (select count(*) from taken);
	get diagnostics got = row_count;
	if in_ignore_below is not null then
		-- An id that was given and is not below the end of the snapshot counts as running:
		-- the end is where the last transaction ended, not the next id.
		select coalesce(min(x::text::bigint), pg_snapshot_xmax(pg_current_snapshot())::text::bigint) into oldest
			from pg_snapshot_xip(pg_current_snapshot()) x where x::text::bigint >= in_ignore_below;
	end if;
	return query select null::int, null::uuid, null::text, null::smallint, drawn, null::smallint, null::text, null::bytea, null::text,
		now_ms, case when got < in_limit then next_due end, null::bigint, null::bigint, null::bigint, oldest, null::bigint,
		null::int, null::int, null::int, null::int, null::int, null::int, own, promoted, looked_queues, lanes;
end $$;

-- Whether what an exclusive queue handed out last still runs.
create function q_is_worked_v1(in_queue text) returns boolean language sql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
	select exists (select from (select * from q_alone where queue = in_queue) a
		cross join lateral (select from q_job j where j.id = a.id and j.queue is not distinct from a.queue and j.token = a.token offset 0) x)
$$;

-- Leases a job of one queue, if none of it runs that was leased by this function. Has the
-- arguments and the answer of q_claim_v1, with one queue and a limit of 1.
create function q_claim_alone_v1(in_queues text[], in_due_lows bigint[], in_low_queues text[], in_low_lanes smallint[], in_lows bigint[],
	in_limit int, in_token bigint, in_lease_ms bigint, in_worker text, in_ignore_below bigint)
	returns table (place int, id uuid, queue text, lane smallint, pos bigint, prio smallint, type text, payload bytea, options text,
		created_ms bigint, run_ms bigint, expires_ms bigint, started_ms bigint, unhandled_ms bigint, lease_ms bigint, own_lease_ms bigint,
		deliveries int, failures int, crashes int, nacks int, releases int, max_crashes int, token bigint, queues text[], lane_queues text[], lane_numbers smallint[])
	language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
#variable_conflict use_column
declare
	is_worked boolean := q_is_worked_v1(in_queues[1]);
begin
	if not is_worked then
		insert into q_alone (queue) select in_queues[1] where not exists (select from q_alone where queue = in_queues[1])
			on conflict do nothing;
		perform 1 from q_alone where queue = in_queues[1] for update;
		-- In a statement of its own, which sees what was claimed while this waited.
		is_worked := q_is_worked_v1(in_queues[1]);
	end if;
	if is_worked then
		perform set_config('synchronous_commit', 'off', true);
		return query select null::int, null::uuid, null::text, null::smallint, null::bigint, null::smallint, null::text, null::bytea, null::text,
			q_now(), null::bigint, null::bigint, null::bigint, null::bigint, null::bigint, null::bigint,
			null::int, null::int, null::int, null::int, null::int, null::int, null::bigint, null::text[], null::text[], null::smallint[];
		return;
	end if;
	return query
		with claimed as materialized (
			select * from q_claim_v1(in_queues, in_due_lows, in_low_queues, in_low_lanes, in_lows, 1, in_token, in_lease_ms, in_worker, in_ignore_below)),
		noted as (
			update q_alone a set id = c.id, token = c.token from claimed c where a.queue = in_queues[1] and c.id is not null)
		select * from claimed;
end $$;

-- Ready jobs behind the lower bounds of a node: come from transactions that took long, or
-- from claims that were rolled back. Returns the first place of each lane that has some.
create function q_left_behind_v1(in_queues text[], in_lanes smallint[], in_lows bigint[])
	returns table (queue text, lane smallint, pos bigint) language sql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
	select x.queue, x.lane, j.pos from unnest(in_queues, in_lanes, in_lows) x (queue, lane, low)
		cross join lateral (select c.pos from q_job c where c.queue = x.queue and c.lane = x.lane and c.pos <= x.low and c.token is null
			order by c.pos limit 1) j
$$;

-- Makes leases hold for their full length from now on. Answers each: 1 done, 0 lost, 2
-- held by another transaction. A lease that ends earlier than before, because the clock
-- was set back, is noted anew.
create function q_renew_v1(in_ids uuid[], in_queues text[], in_tokens bigint[]) returns smallint[] language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
declare
	now_ms bigint := q_now();
	done bigint[];
begin
	perform set_config('synchronous_commit', 'off', true);
	with held as materialized (
		select j.ctid, x.o, j.id, j.token, j.lease_until, now_ms + j.lease_ms as new_until
			from unnest(in_ids, in_queues, in_tokens) with ordinality x (id, queue, token, o)
			cross join lateral (select c.ctid, c.id, c.token, c.lease_until, c.lease_ms from q_job c
				where c.id = x.id and c.queue is not distinct from x.queue and c.token = x.token for update skip locked) j),
	noted as (
		insert into q_lease (until_ms, token, ids)
			select min(h.new_until), h.token, array_agg(h.id) from held h where h.new_until < h.lease_until group by h.token),
	renewed as (
		update q_job j set lease_until = h.new_until from held h where j.ctid = h.ctid returning h.o)
	select array_agg(r.o) into done from renewed r;
	-- A lease that is given twice is renewed once. A job that another transaction holds is
	-- still to be seen with its token.
	return array(select case when x.o = any (done) then 1
			when exists (select from unnest(done) d where in_ids[d] = x.id and in_queues[d] = x.queue and in_tokens[d] = x.token) then 1
			when exists (select from q_job j where j.id = x.id and j.queue is not distinct from x.queue and j.token = x.token offset 0) then 2 else 0 end::smallint
		from unnest(in_ids, in_queues, in_tokens) with ordinality x (id, queue, token, o) order by x.o);
end $$;

insert into q_history (layout, step) values (1, 3);
