-- Q on PostgreSQL, layout 1: taking jobs in.
--
-- There is one right plan for each statement, and the planner is left no other, whatever
-- its statistics say:
-- - Functions that look into large tables forbid whole scans, bitmaps and the joins that
--   begin with one. Plans are made once for each connection and not for each call, and
--   never compiled, which would take longer than they run.
-- - A job is looked for once for each row of the arguments, in a subquery with "offset
--   0", which keeps the planner from turning the join round.
-- - Where that cannot be, the join is by "between x and x", since only equality would let
--   the planner begin with all jobs in the order of their ids.
-- - Of a job that is looked for by its id, the queue is compared by "is not distinct
--   from", which no index takes: else all jobs of the queue might be looked through.

-- Adds the lanes that this transaction does not see. Waits for nobody.
create function q_lanes_v1(in_queues text[], in_lanes smallint[]) returns void language sql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
	insert into q_lane (queue, lane)
		select distinct x.queue, x.lane from unnest(in_queues, in_lanes) x (queue, lane)
		where not exists (select from q_lane l where l.queue = x.queue and l.lane = x.lane)
$$;

-- How many jobs wait in a queue, up to a number.
create function q_waiting_v1(in_queue text, in_most bigint, out waiting bigint, out running bigint) language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
begin
	select count(*) filter (where x.token is null), count(*) filter (where x.token is not null) into waiting, running
		from (select j.token from q_job j where j.queue = in_queue limit in_most) x;
end $$;

-- Makes sure that a bounded queue has room for some more jobs. Whoever asks holds the
-- row of the queue until the end of the transaction, so that nobody else fills the room.
-- Returns -1 if there is room, else how many jobs wait. The credit spares most counts: it
-- is what may come in even if all that run now come back.
create function q_room_v1(in_queue text, in_limit int, in_added bigint) returns bigint language plpgsql
	set search_path from current
	as $$
declare
	known q_queue;
	counted record;
begin
	if in_added = 0 then
		return -1;
	end if;
	insert into q_queue (name) select in_queue where not exists (select from q_queue where name = in_queue)
		on conflict do nothing;
	select * into known from q_queue where name = in_queue for update;
	if known.credit_limit = in_limit and known.credit >= in_added then
		update q_queue set credit = credit - in_added where name = in_queue;
		return -1;
	end if;
	select * into counted from q_waiting_v1(in_queue, 2 * in_limit::bigint + 10000);
	if counted.waiting + in_added > in_limit then
		return counted.waiting;
	end if;
	update q_queue set credit_limit = in_limit,
			credit = greatest(0, in_limit - counted.waiting - counted.running - in_added) where name = in_queue;
	return -1;
end $$;

-- Jobs come in, or back from their end, past the limit of their queue: what was counted
-- is not to be relied on any more. Waits for whoever counts just now, who does not see
-- them yet.
create function q_uncounted_v1(in_queues text[]) returns void language plpgsql
	set search_path from current set enable_seqscan = off set enable_bitmapscan = off
	as $$
begin
	perform 1 from q_queue where name = any (in_queues) and credit_limit > 0 order by name for update;
	update q_queue set credit = 0 where name = any (in_queues) and credit > 0;
end $$;

-- Places of the jobs from in_first to in_last that are new. Known ids first, then taken
-- keys; of two with one id or one key the first. Where an id comes twice, a key that is
-- taken lets the second one in, so that each job must be looked at by itself.
create function q_fresh_v1(in_ids uuid[], in_queues text[], in_uniqs bytea[], in_first int, in_last int) returns int[] language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
declare
	unknown int[];
	fresh int[] := '{}';
	place int;
begin
	unknown := array(select x.o + in_first - 1 from unnest(in_ids[in_first:in_last], in_queues[in_first:in_last]) with ordinality x (id, queue, o)
		where not exists (select from q_job j where j.id = x.id and j.queue is not distinct from x.queue offset 0)
			and not exists (select from q_finished f where f.id = x.id and f.queue is not distinct from x.queue offset 0)
		order by x.o);
	if in_uniqs is null or cardinality(unknown) = (select count(distinct (in_ids[o], in_queues[o])) from unnest(unknown) o) then
		return array(select min(o) from unnest(unknown) o group by in_ids[o], in_queues[o] order by 1);
	end if;
	foreach place in array unknown loop
		if not exists (select from unnest(fresh) o where in_queues[o] = in_queues[place]
					and (in_ids[o] = in_ids[place] or in_uniqs[o] = in_uniqs[place]))
				and not exists (select from q_unique u where u.queue = in_queues[place] and u.key = in_uniqs[place] offset 0) then
			fresh := fresh || place;
		end if;
	end loop;
	return fresh;
end $$;

-- A transaction that goes on seeing what there was when it began may not see that a job
-- came, ran and ended since. An index does see it: then this fails, as all do in such a
-- transaction that come too late, and the job is not stored again.
create function q_reveal_v1(in_ids uuid[], in_queues text[], in_lowest bigint) returns void language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
begin
	if current_setting('transaction_isolation') in ('repeatable read', 'serializable') then
		insert into q_finished (id, queue, state, prio, n, seq, created_ms, run_ms, finished_ms, deliveries, failures, crashes, nacks, releases,
				max_crashes, type, payload)
			select j.id, j.queue, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', '' from unnest(in_ids, in_queues) x (id, queue)
				cross join lateral (select y.id, y.queue from q_job y
					where y.id = x.id and y.queue is not distinct from x.queue and y.seq >= in_lowest offset 0) j
				order by j.id, j.queue
			on conflict do nothing;
		delete from q_finished f using unnest(in_ids, in_queues) x (id, queue)
			where f.id between x.id and x.id and f.queue is not distinct from x.queue and f.state = 0;
	end if;
end $$;

-- Stores jobs that have an id of their own each, in their order. Places in the arrays
-- count from 1; an array of options may be null. Jobs form sets: set k ends with job
-- in_ends[k], and may make its queue as long as in_limits[k], or any length if that is
-- null; a set with a limit has one queue. Each set is taken or refused alone.
--
-- Due times and lives below zero count from now. Returns what is not as the caller may
-- expect:
--   job    job `place` is not stored, `id` is there instead
--   full   set `place` is refused, `number` jobs wait
--   pause  queue `queue` takes nothing in
--   first  `queue` has a new first job that waits for its time
--   low    the lowest position that was drawn; in joined transactions, and in those that had
--          to wait for others, past which claims may have gone meanwhile
--   time   with it, when the transaction began, which may be long before the draw, and whose
--          id is as old
create function q_insert_v1(in_ids uuid[], in_queues text[], in_prios smallint[], in_types text[], in_payloads bytea[],
	in_options text[], in_crashes int[], in_leases bigint[], in_dues bigint[], in_lives bigint[], in_deadlines bigint[], in_uniqs bytea[],
	in_ends int[], in_limits int[], in_commit text, in_joined boolean)
	returns table (what text, place int, id uuid, queue text, number bigint) language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
#variable_conflict use_column
declare
	now_ms bigint := q_now();
	own xid8;
	paused text[];
	counted boolean;
	laneless boolean;
	plain boolean := in_uniqs is null and num_nulls(variadic in_limits) = cardinality(in_limits);
	many int := cardinality(in_ids);
	stored int;
	lowest bigint;
	i int;
	first int := 1;
	waiting bigint;
	fresh int[];
	seqs bigint[];
begin
	if in_commit is not null and not in_joined then
		perform set_config('synchronous_commit', in_commit, true);
	end if;
	-- This transaction must have its id before it draws a position: the lower bound of
	-- claims relies on it (Horizon.java).
	own := pg_current_xact_id();
	select coalesce(array_agg(distinct x.queue) filter (where q.pause in ('IN', 'ALL')), '{}'), coalesce(bool_or(q.credit_limit > 0), false),
			bool_or(not exists (select from q_lane l where l.queue = x.queue and l.lane = 2 * x.prio + 1 offset 0))
		into paused, counted, laneless
		from (select distinct y.queue, y.prio from unnest(in_queues, in_prios) y (queue, prio)) x left join q_queue q on q.name = x.queue;
	if cardinality(paused) > 0 then
		return query select 'pause', null::int, null::uuid, p, null::bigint from unnest(paused) p;
	end if;
	if laneless then
		perform q_lanes_v1(x.queues, x.lanes) from (
			select array_agg(q) as queues, array_agg((2 * p + 1)::smallint) as lanes from (
				select distinct q, p from unnest(in_queues, in_prios) y (q, p) where q <> all (paused)) z) x;
	end if;
	if in_uniqs is not null then
		perform q_unhold_v1(in_queues, in_uniqs, now_ms);
	end if;
	if not plain then
		-- All queues whose rows this call may change, in one order.
		perform 1 from q_queue q where q.name = any (in_queues) and q.credit_limit > 0 order by q.name for update;
		seqs := array(select nextval('q_seq') from generate_series(1, many));
	end if;
	for i in 1 .. cardinality(in_ends) loop
		if plain then
			fresh := null;
		else
			fresh := array(select o from unnest(q_fresh_v1(in_ids, in_queues, in_uniqs, first, in_ends[i])) o where in_queues[o] <> all (paused));
			if in_limits[i] is not null and cardinality(fresh) > 0 then
				waiting := q_room_v1(in_queues[first], in_limits[i], (
					select count(*) filter (where k is null) + count(distinct k) filter (where k is not null and not exists (
						select from q_unique u where u.queue = in_queues[first] and u.key = k offset 0))
					from (select in_uniqs[o] as k from unnest(fresh) o) x));
				if waiting >= 0 then
					return query select 'full', i, null::uuid, null::text, waiting;
					first := in_ends[i] + 1;
					continue;
				end if;
			end if;
			if in_uniqs is not null then
				-- In the order of the keys, so that two calls do not wait for each other.
				insert into q_unique as u (queue, key, job_id)
					select distinct on (in_queues[o], in_uniqs[o]) in_queues[o], in_uniqs[o], in_ids[o] from unnest(fresh) o
					where in_uniqs[o] is not null order by in_queues[o], in_uniqs[o], o
					on conflict do nothing;
				fresh := array(select o from unnest(fresh) o where in_uniqs[o] is null or exists (
					select from q_unique u where u.queue = in_queues[o] and u.key = in_uniqs[o] and u.job_id = in_ids[o] offset 0) order by o);
			end if;
		end if;
		with new as materialized (
			select x.*, case when plain then nextval('q_seq') else seqs[x.o] end as seq,
				greatest(now_ms, case when x.due < 0 then now_ms - x.due else x.due end) as run_ms,
				least(case when x.life is not null then now_ms + x.life end, x.deadline) as expires_ms
			from unnest(in_ids, in_queues, in_prios, in_types, in_payloads, in_options, in_crashes, in_leases, in_dues, in_lives, in_deadlines, in_uniqs)
				with ordinality x (id, queue, prio, type, payload, options, crashes, lease, due, life, deadline, uniq, o)
			where case when plain then x.queue <> all (paused) else x.o = any (fresh) end),
		put as (
			insert into q_job as j (id, queue, lane, prio, pos, seq, created_ms, run_ms, expires_ms, own_lease_ms, max_crashes, type, uniq, options, payload)
				select n.id, n.queue, case when n.run_ms > now_ms then 20 else 2 * n.prio + 1 end, n.prio,
					case when n.run_ms > now_ms then n.run_ms else n.seq end, n.seq,
					now_ms, n.run_ms, n.expires_ms, n.lease, coalesce(n.crashes, 3), n.type, n.uniq, n.options, n.payload
				-- In the order of the ids, so that two calls do not wait for each other.
				from new n order by n.id, n.queue, n.o
				on conflict do nothing
				returning j.seq)
		select count(*), least(lowest, min(p.seq)) into stored, lowest from put p;
		exit when plain;
		first := in_ends[i] + 1;
	end loop;
	if in_joined or q_now() > least(now_ms, q_began()) + 1000 then
		return query select x.what, null::int, null::uuid, null::text, x.number from (values ('low', lowest), ('time', least(now_ms, q_began()))) x (what, number);
	end if;
	if counted and num_nulls(variadic in_limits) > 0 then
		perform q_uncounted_v1(in_queues);
	end if;
	perform q_reveal_v1(in_ids, in_queues, lowest);
	-- In a statement of its own, which sees what was committed while the insert waited
	-- for another one of the same id: a job may have come, run and ended meanwhile.
	if exists (select from unnest(in_ids, in_queues) x (id, queue)
			cross join lateral (select from q_finished f where f.id = x.id and f.queue is not distinct from x.queue offset 0) f) then
		delete from q_job j using unnest(in_ids, in_queues) x (id, queue)
			where j.id between x.id and x.id and j.queue is not distinct from x.queue and j.seq >= lowest and j.created_ms = now_ms
				and exists (select from q_finished f where f.id = x.id and f.queue is not distinct from x.queue offset 0);
	elsif plain and stored = many and in_dues is null then
		return;
	end if;
	if in_uniqs is not null then
		delete from q_unique u using unnest(in_ids, in_queues, in_uniqs) x (id, queue, uniq)
			where u.key between x.uniq and x.uniq and u.queue is not distinct from x.queue and u.job_id = x.id
				and u.scope = 0 and not exists (select from q_job j where j.id = x.id and j.queue is not distinct from x.queue and j.uniq = x.uniq offset 0);
	end if;
	return query
		select 'job', x.o::int, coalesce(u.job_id, x.id), null::text, null::bigint
		from (select y.*, row_number() over (partition by y.id, y.queue order by y.o) as nth
			from unnest(in_ids, in_queues, in_uniqs) with ordinality y (id, queue, uniq, o)) x
			left join lateral (select y.id from q_job y
				where y.id = x.id and y.queue is not distinct from x.queue and y.created_ms = now_ms
					and case when plain then y.seq >= lowest and x.nth = 1 else y.seq = seqs[x.o] end offset 0) j on true
			left join q_unique u on j.id is null and x.uniq is not null and u.queue = x.queue and u.key = x.uniq
				and not exists (select from q_job k where k.id = x.id and k.queue is not distinct from x.queue
					and (seqs is null or k.seq < seqs[x.o]) offset 0)
				and not exists (select from q_finished f where f.id = x.id and f.queue is not distinct from x.queue offset 0)
		where j.id is null;
	if in_dues is not null then
		return query
			select 'first', null::int, null::uuid, x.q, null::bigint from (select distinct y.queue as q from unnest(in_ids, in_queues) y (id, queue)) x
			cross join lateral (select j.seq from q_job j where j.queue = x.q and j.lane = 20 and j.pos > now_ms - 10000 order by j.pos limit 1) head
			where head.seq >= lowest;
	end if;
end $$;

insert into q_history (layout, step) values (1, 2);
