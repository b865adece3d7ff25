-- Q on PostgreSQL, layout 1: looking, and being told.

create function q_find_v1(in_ids uuid[], in_queue text) returns setof q_jobs language sql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
	select * from q_jobs where id = any (in_ids) and (in_queue is null or queue = in_queue)
$$;

-- The last attempts of a job: those that were noted, and that which is under way or has
-- succeeded.
create function q_attempts_v1(in_id uuid, in_queue text) returns setof q_attempt language sql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
	select x.* from (
		select a.* from q_attempt a where a.id = in_id and a.queue is not distinct from in_queue
		union all
		select j.id, j.queue, j.deliveries, 'RUNNING', j.worker, j.started_ms, null, null from q_job j
			where j.id = in_id and j.queue is not distinct from in_queue and j.token is not null
		union all
		select f.id, f.queue, f.deliveries, 'SUCCEEDED', null, f.started_ms, f.finished_ms, null from q_finished f
			where f.id = in_id and f.queue is not distinct from in_queue and f.state = 5
		order by number desc limit 20) x
	order by x.number
$$;

-- Jobs in the order of their ids, from after in_after on. What is null does not matter.
create function q_search_v1(in_after uuid, in_states text[], in_queue text, in_type text, in_tag text, in_most bigint) returns setof q_jobs language sql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
	select * from q_jobs
		where id > coalesce(in_after, '00000000-0000-0000-0000-000000000000')
			and (in_states is null or state = any (in_states))
			and (in_queue is null or queue = in_queue) and (in_type is null or type = in_type)
			and (in_tag is null or position(E'\ntag=' || in_tag || E'\n' in E'\n' || options || E'\n') > 0)
		order by id limit in_most
$$;

-- Ready jobs, the one that is claimed next first, or that which is claimed last.
create function q_peek_v1(in_queue text, in_newest boolean, in_most bigint) returns setof q_jobs language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
begin
	if in_newest then
		return query select v.* from (select j.id, j.lane, j.pos from q_job j where j.queue = in_queue and j.lane < 20 and j.token is null
			order by j.queue desc, j.lane desc, j.pos desc limit in_most) x cross join lateral (select * from q_jobs y where y.id = x.id and y.queue is not distinct from in_queue offset 0) v order by x.lane desc, x.pos desc;
	else
		return query select v.* from (select j.id, j.lane, j.pos from q_job j where j.queue = in_queue and j.lane < 20 and j.token is null
			order by j.queue, j.lane, j.pos limit in_most) x cross join lateral (select * from q_jobs y where y.id = x.id and y.queue is not distinct from in_queue offset 0) v order by x.lane, x.pos;
	end if;
end $$;

-- What q_standing_v1 returns: a job as q_jobs has it, and what stands around it.
create view q_standings as
	select v.*, null::bigint as now_ms, null::text as pause, null::text as paused_by, null::bigint as paused_ms,
		null::uuid as holder, null::bigint as ahead, null::uuid as in_the_way from q_jobs v;

-- A job, what its queue does not do, who holds the key that it waits for, how many jobs
-- a claim hands out before it, counted up to in_most, and which job of the queue runs that was claimed alone. "Stable", so that all statements see
-- the same moment.
create function q_standing_v1(in_id uuid, in_queue text, in_most bigint) returns setof q_standings language plpgsql stable
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
declare
	now_ms bigint := q_now();
	j q_job;
	holder uuid;
	ahead bigint := 0;
begin
	select * into j from q_job c where c.id = in_id and c.queue is not distinct from in_queue;
	if j.lane = 21 then
		select u.job_id into holder from q_unique u where u.key = j.uniq and u.queue = in_queue;
	elsif j.token is null and (j.lane < 20 or j.pos <= now_ms) and (j.expires_ms is null or j.expires_ms > now_ms) then
		-- A due job goes to the end of its lane.
		ahead := least(in_most, (
			select count(*) from (select from q_job c where c.queue = in_queue and c.token is null
					and (c.lane, c.pos) < (case when j.lane < 20 then j.lane else 2 * j.prio + 2 end, case when j.lane < 20 then j.pos else 0 end)
					and (c.expires_ms is null or c.expires_ms > now_ms)
				order by c.queue, c.lane, c.pos limit in_most) x) + (
			-- Of more due jobs than are looked at nobody knows how many come first.
			select case when count(*) = 5000 then in_most else count(*) filter (
					where (d.prio < j.prio or d.prio = j.prio and j.lane = 20 and (d.pos, d.seq) < (j.pos, j.seq))
						and (d.expires_ms is null or d.expires_ms > now_ms)) end
				from (select c.prio, c.pos, c.seq, c.expires_ms from q_job c
					where c.queue = in_queue and c.lane = 20 and c.pos <= now_ms order by c.queue, c.lane, c.pos limit 5000) d));
	end if;
	return query select v.*, now_ms, coalesce(q.pause, 'NONE'), q.paused_by, q.paused_ms, holder, ahead, (
			select a.id from q_alone a cross join lateral (
				select from q_job c where c.id = a.id and c.queue is not distinct from a.queue and c.token = a.token offset 0) x
				where a.queue = in_queue)
		from q_jobs v left join q_queue q on q.name = in_queue where v.id = in_id and v.queue is not distinct from in_queue;
end $$;

-- How many jobs of a queue are in each state. Counts fewer than in_most jobs of those
-- that are ready or run, of those that wait for their time or a key, and of each way to end; where
-- there are more, the answer is what q_recount_v1 counted last. Leaves out queues that have been empty for in_listed.
-- Counts in_queues queues, or all if that is null, with names that begin with in_prefix and come after in_after.
create function q_counts_v1(in_most bigint, in_listed bigint, in_prefix text, in_after text, in_queues bigint) returns table (queue text, pause text, paused_by text, paused_ms bigint, state text, many bigint, oldest_ms bigint, next_ms bigint) language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
#variable_conflict use_column
declare
	since bigint := q_now() - in_listed;
	known text[] := array(select k from unnest(q_known_v1()) k
		where starts_with(k, in_prefix) and k collate "C" > in_after and case when exists (select from q_empty e where e.queue = k and e.since_ms <= since) then not q_is_empty_v1(k) else true end
		order by k collate "C" limit in_queues);
begin
	return query
		select k, coalesce(q.pause, 'NONE'), q.paused_by, q.paused_ms, null::text, null::bigint, (
				select min(f.run_ms) from (
					select distinct on (l.lane / 2) h.run_ms from (select distinct l.lane from q_lane l where l.queue = k) l
					cross join lateral (select j.run_ms from q_job j where j.queue = k and j.lane = l.lane and j.token is null order by j.pos limit 1) h
					order by l.lane / 2, l.lane) f),
				(select j.pos from q_job j where j.queue = k and j.lane = 20 order by j.pos limit 1)
			from unnest(known) k left join q_queue q on q.name = k;
	return query
		select k, null::text, null::text, null::bigint, x.state, case when x.whole < in_most then x.many else greatest(x.many, c.many) end, null::bigint, null::bigint
		from unnest(known) k cross join lateral (
			-- Each state has a row: what is not seen among the first may be there.
			select s.name as state, case when s.held then n.held else n.free end as many, n.held + n.free as whole
				from (values ('RUNNING', true), ('READY', false)) s (name, held)
				cross join (select count(*) filter (where y.held) as held, count(*) filter (where not y.held) as free
					from (select j.token is not null as held from q_job j where j.queue = k and j.lane < 20 limit in_most) y) n
			union all
			select 'BLOCKED', count(*), count(*) from (select from q_job j where j.queue = k and j.lane = 21 limit in_most) y
			union all
			select s.name, case when s.retrying then n.retrying else n.others end, n.retrying + n.others
				from (values ('RETRYING', true), ('SCHEDULED', false)) s (name, retrying)
				cross join (select count(*) filter (where y.retrying) as retrying, count(*) filter (where not y.retrying) as others
					from (select j.retrying from q_job j where j.queue = k and j.lane = 20 limit in_most) y) n
			union all
			select s.name, n.many, n.many
				from (values (5::smallint, 'SUCCEEDED'), (6::smallint, 'DEAD'), (7::smallint, 'CANCELLED'), (8::smallint, 'EXPIRED')) s (state, name)
				cross join lateral (select count(*) as many from (select from q_finished f where f.queue = k and f.state = s.state limit in_most) y) n) x
			left join q_count c on c.queue = k and c.state = x.state;
end $$;

-- Counts the queues that hold in_most jobs or more. One node at a time does so; the
-- answer of the others is false.
create function q_recount_v1(in_most bigint) returns boolean language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
declare
	large text[];
begin
	if not pg_try_advisory_xact_lock(hashtext('q_recount'), 'q_count'::regclass::oid::int) then
		return false;
	end if;
	perform set_config('synchronous_commit', 'off', true);
	large := array(select k from (select distinct l.queue as k from q_lane l) x
		where (select count(*) from (select from q_job j where j.queue = k limit in_most) y) = in_most
			or (select count(*) from (select from q_finished f where f.queue = k limit in_most) y) = in_most);
	insert into q_count as c (queue, state, many)
		select k, x.state, x.many from unnest(large) k
			cross join lateral (select y.state, count(*) as many from q_jobs y where y.queue = k group by y.state offset 0) x
		on conflict (queue, state) do update set many = excluded.many;
	delete from q_count c where c.queue <> all (large);
	return true;
end $$;

-- A worker wants to be told of jobs. Whoever calls this looks once more afterwards. For the
-- one that comes some go that waited too long ago: in a queue where nothing happens nobody
-- else would forget them.
create function q_wait_v1(in_worker text, in_queues text[], in_life bigint) returns void language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
declare
	now_ms bigint := q_now();
begin
	perform set_config('synchronous_commit', 'off', true);
	with over as materialized (
		select w.ctid from (select distinct y.queue from unnest(in_queues) y (queue)) x
			cross join lateral (select c.ctid from q_waiter c where c.queue = x.queue and c.until_ms <= now_ms
				order by c.n limit 10 for update skip locked) w)
	delete from q_waiter w using over o where w.ctid = o.ctid;
	insert into q_waiter (queue, worker, until_ms) select x.queue, in_worker, now_ms + in_life from unnest(in_queues) x (queue);
end $$;

-- Tells workers that wait of jobs: of each queue as many as there are jobs, who waits
-- longest first. Forgets those that waited too long ago. Looks at those that came after in_lows. Returns the last one told, so
-- that the next look need not pass over those that are gone.
create function q_wake_v1(in_channel text, in_queues text[], in_many int[], in_lows bigint[]) returns table (queue text, n bigint) language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
#variable_conflict use_column
declare
	now_ms bigint := q_now();
begin
	if not exists (select from unnest(in_queues, in_lows) x (queue, low)
			cross join lateral (select from q_waiter w where w.queue = x.queue and w.n > x.low limit 1) w) then
		return;
	end if;
	perform set_config('synchronous_commit', 'off', true);
	return query
		with told as materialized (
			select w.ctid, w.queue, w.n, w.worker from unnest(in_queues, in_many, in_lows) x (queue, many, low)
				cross join lateral (select c.ctid, c.queue, c.n, c.worker from q_waiter c where c.queue = x.queue and c.n > x.low
						and c.until_ms > now_ms
					order by c.n limit x.many for update skip locked) w),
		over as materialized (
			select w.ctid from unnest(in_queues, in_lows) x (queue, low)
				cross join lateral (select c.ctid from q_waiter c where c.queue = x.queue and c.n > x.low and c.until_ms <= now_ms
					order by c.n limit 100 for update skip locked) w),
		gone as (delete from q_waiter w using (select ctid from told union all select ctid from over) t where w.ctid = t.ctid),
		sent as materialized (
			select t.queue, t.n, pg_notify(in_channel, 'ready ' || t.worker || ' ' || t.queue) from told t)
		select s.queue, max(s.n) from sent s group by s.queue;
end $$;

-- Tells workers that they lost the leases of jobs.
create function q_revoked_v1(in_channel text, in_workers text[], in_ids uuid[]) returns void language plpgsql
	set search_path from current
	as $$
begin
	perform set_config('synchronous_commit', 'off', true);
	perform pg_notify(in_channel, 'lost ' || x.worker || ' ' || x.id) from unnest(in_workers, in_ids) x (worker, id);
end $$;

-- Says something to all nodes: that somebody waits for the end of jobs, or that they ended.
create function q_say_v1(in_channel text, in_messages text[]) returns void language plpgsql
	set search_path from current
	as $$
begin
	perform set_config('synchronous_commit', 'off', true);
	perform pg_notify(in_channel, x.message) from unnest(in_messages) x (message);
end $$;

-- Tells all nodes of places that may lie behind their lower bounds: those that were drawn
-- more than a second ago. Younger ones hold the bounds back by themselves.
create function q_late_v1(in_channel text, in_queues text[], in_places bigint[], in_since bigint[]) returns void language plpgsql
	set search_path from current
	as $$
begin
	perform set_config('synchronous_commit', 'off', true);
	perform pg_notify(in_channel, 'late ' || x.queue || ' ' || x.place) from unnest(in_queues, in_places, in_since) x (queue, place, since)
		where x.since < q_now() - 1000;
end $$;

-- Whether this user is told how far standbys are.
create function q_counts_copies_v1() returns boolean language sql stable
	set search_path from current
	as $$ select pg_has_role(current_user, 'pg_read_all_stats', 'usage') $$;

-- How many standbys have written to their disks all up to a place, which is the end of
-- what is written now if none is given. Waits a moment for as many as are wanted. Readers
-- of changes are no copies.
create function q_copies_v1(in_place text, in_wanted bigint, in_millis bigint, out place text, out copies int) language plpgsql
	set search_path from current
	as $$
declare
	until timestamptz := clock_timestamp() + in_millis * interval '1 millisecond';
begin
	place := coalesce(in_place, pg_current_wal_insert_lsn()::text);
	loop
		select count(*) into copies from pg_stat_replication r where r.state = 'streaming' and r.flush_lsn >= place::pg_lsn
			and not exists (select from pg_replication_slots s where s.active_pid = r.pid and s.slot_type = 'logical');
		exit when copies >= in_wanted or clock_timestamp() >= until;
		-- Nothing tells of their progress.
		perform pg_sleep(0.002);
	end loop;
end $$;

insert into q_history (layout, step) values (1, 7);
