-- Q on PostgreSQL, layout 1: what has to be done from time to time.

-- Makes jobs of all queues ready whose time has come.
create function q_promote_v1(in_low bigint, in_most int) returns table (queue text, many bigint) language plpgsql
	set search_path from current
	as $$
declare
	now_ms bigint := q_now();
	queues text[];
	lows bigint[];
begin
	perform set_config('synchronous_commit', 'off', true);
	select array_agg(d.queue), array_agg(d.low) into queues, lows
		from (select array_agg(distinct l.queue) as queues from q_lane l having count(*) > 0) a,
			q_due_here_v1(a.queues, array_fill(in_low, array[cardinality(a.queues)]), now_ms) d;
	return query select d.queue, d.many from q_due_v1(queues, lows, now_ms, in_most) d;
end $$;

-- Takes back jobs whose lease ran out. Looks at claims that are due after in_low. Those
-- that are still held, or that another transaction has, are noted anew. Returns the ids
-- of the jobs taken back and where they went; rows without an id have queues and how many jobs
-- of claims were handed back that nobody heard; the last row has no queue, but the number of
-- claims that were looked at, and what q_let_go_v1 and q_passed_v1 say.
create function q_recover_v1(in_low bigint, in_most int) returns table (id uuid, queue text, many int, readied text[]) language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
#variable_conflict use_column
declare
	now_ms bigint := q_now();
	looked int;
	held uuid[];
	tokens bigint[];
	untils bigint[];
	lost uuid[];
	r record;
	heirs text[];
	all_heirs text[];
begin
	perform set_config('synchronous_commit', 'off', true);
	if exists (select from q_unheard) then
		return query select null::uuid, h.queue, h.many::int, null::text[] from q_unheard_v1('{}') h;
		with over as materialized (select u.ctid from q_unheard u where u.until_ms <= now_ms for update skip locked)
		delete from q_unheard u using over o where u.ctid = o.ctid;
	end if;
	with due as materialized (
		select l.ctid, l.token, l.ids from q_lease l where l.until_ms > in_low and l.until_ms <= now_ms
			order by l.until_ms limit 2000 for update skip locked),
	gone as (delete from q_lease l using due d where l.ctid = d.ctid),
	alive as (
		select j.id, j.token, j.lease_until from due d cross join lateral unnest(d.ids) i
			cross join lateral (select c.id, c.token, c.lease_until from q_job c where c.id = i and c.token = d.token offset 0) j)
	select (select count(*) from due), array_agg(a.id), array_agg(a.token), array_agg(a.lease_until)
		into looked, held, tokens, untils from alive a;
	if held is not null then
		lost := array(
			select j.id from (select * from unnest(held, tokens, untils) x (id, token, until_ms) where until_ms <= now_ms
						and not exists (select from q_unheard u where u.token = x.token offset 0) order by until_ms) x
				cross join lateral (select c.id from q_job c
					where c.id = x.id and c.token = x.token and c.lease_until <= now_ms for update skip locked) j
				limit in_most);
		insert into q_lease (until_ms, token, ids)
			-- A job of which the lease ran out, and that another transaction holds, is
			-- looked at again in a moment; one of those that are too many for this call at
			-- once. Never with a time that is long over: others may look at younger ones only.
			select case when min(x.until_ms) > now_ms then min(x.until_ms) when cardinality(lost) < in_most then now_ms + 200 else now_ms end,
				x.token, array_agg(x.id)
			from unnest(held, tokens, untils) x (id, token, until_ms) where x.id <> all (lost)
			group by x.token, x.until_ms <= now_ms, x.until_ms / 1000;
		perform pg_current_xact_id();
		for r in select j.id, j.queue, j.token, j.prio, j.crashes, j.max_crashes, j.expires_ms, j.worker, j.deliveries, j.started_ms,
				coalesce(position(E'\ndelivery=AT_MOST_ONCE' in E'\n' || j.options) > 0, false) as once,
				exists (select from q_worker w where w.id = j.worker and w.state = 'DRAINING' and w.until_ms > now_ms offset 0) as draining
				from unnest(lost) with ordinality x (id, o)
				cross join lateral (select * from q_job c where c.id = x.id and c.token is not null and c.lease_until <= now_ms offset 0) j order by x.o loop
			if r.once then
				select e.readied into heirs from q_end_v1(array[r.id], array[r.queue], array[r.token], array[6::smallint], false, null,
					array[case when r.draining then 0 else 1 end], array[case when r.draining then 1 else 0 end],
					array[q_lost_error_v1(null, r.worker)], array['LOST'], null, null, null, null, array[6::smallint]) e;
			elsif not r.draining and r.crashes + 1 >= r.max_crashes then
				select e.readied into heirs from q_end_v1(array[r.id], array[r.queue], array[r.token], array[6::smallint], false, null, array[1], null,
					array[q_lost_error_v1(r.crashes + 1, r.worker)], array['CRASHED'], null, null, null, null, array[6::smallint]) e;
			elsif r.expires_ms <= now_ms then
				select e.readied into heirs from q_end_v1(array[r.id], array[r.queue], array[r.token], array[8::smallint], false, null,
					array[case when r.draining then 0 else 1 end], array[case when r.draining then 1 else 0 end],
					null, null, null, null, null, null, array[8::smallint]) e;
			else
				heirs := null;
				update q_job j set token = null, lease_until = null, lease_ms = null, worker = null, lane = 2 * j.prio, pos = nextval('q_seq'),
						crashes = j.crashes + case when r.draining then 0 else 1 end,
						releases = j.releases + case when r.draining then 1 else 0 end
					where j.id = r.id and j.queue is not distinct from r.queue;
				perform q_note_v1(array[row(r.id, r.queue, r.deliveries, case when r.draining then 'RELEASED' else 'LOST' end,
					r.worker, r.started_ms, now_ms, null)::q_attempt]);
				perform q_lanes_v1(array[r.queue], array[(2 * r.prio)::smallint]);
			end if;
			all_heirs := all_heirs || heirs;
			return query select r.id, r.queue, null::int, null::text[];
		end loop;
		if q_now() > least(now_ms, q_began()) + 1000 then
			all_heirs := all_heirs || q_passed_v1(lost, null, least(now_ms, q_began()));
		end if;
	end if;
	return query select null::uuid, null::text, looked, all_heirs;
end $$;

-- The failure of a job whose worker was lost too often, as failures are stored; or, without
-- a number, of one that may start once.
create function q_lost_error_v1(in_crashes int, in_worker text) returns text language sql immutable
	set search_path from current
	as $$
	select 'worker-lost' || chr(10) || case
		when in_crashes is null then format('The worker was lost while it ran this job, which may not start twice. It was %s', in_worker)
		else format('The worker was lost %s times while it ran this job, which is as often as its limit of crashes allows. The last one was %s', in_crashes, in_worker)
		end || chr(10)
$$;

-- Ends jobs whose time is over. Looks at ends after in_low. Returns who held them, and, in a
-- row without an id, what q_let_go_v1 says if it says something. Forgets windows of unique
-- keys that are over, some at a time.
create function q_expire_v1(in_low bigint, in_most int) returns table (id uuid, queue text, worker text, readied text[]) language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
#variable_conflict use_column
declare
	now_ms bigint := q_now();
	ids uuid[];
	queues text[];
	tokens bigint[];
	workers text[];
	heirs text[];
begin
	perform set_config('synchronous_commit', 'off', true);
	with over as materialized (
		select u.ctid from q_unique u where u.until_ms <= now_ms order by u.until_ms limit in_most + 1000::bigint for update skip locked)
	delete from q_unique u using over o where u.ctid = o.ctid;
	select array_agg(x.id), array_agg(x.queue), array_agg(x.token), array_agg(x.worker) into ids, queues, tokens, workers
		from (select j.id, j.queue, j.token, j.worker from q_job j where j.expires_ms is not null
				and greatest(j.expires_ms, j.created_ms) > in_low and greatest(j.expires_ms, j.created_ms) <= now_ms
			order by greatest(j.expires_ms, j.created_ms) limit in_most for update skip locked) x;
	if ids is not null then
		select e.readied into heirs from q_end_v1(ids, queues, tokens, array_fill(8::smallint, array[cardinality(ids)]), false, null, null, null,
			null, null, null, null, null, null, array[8::smallint]) e;
	end if;
	return query select x.*, null::text[] from unnest(ids, queues, workers) x;
	return query select null::uuid, null::text, null::text, heirs where heirs is not null;
end $$;

-- Whether a queue has no job, neither living nor kept, and is not paused.
create function q_is_empty_v1(in_queue text) returns boolean language sql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
	select not exists (select from q_job where queue = in_queue) and not exists (select from q_finished where queue = in_queue)
		and not exists (select from q_queue where name = in_queue and pause <> 'NONE')
$$;

-- All queues that were ever used, or of which something was said.
create function q_known_v1() returns text[] language sql
	set search_path from current
	as $$
	select array(select queue from q_lane union select name from q_queue)
$$;

-- Takes down which queues are empty.
create function q_note_empty_v1() returns void language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
begin
	if exists (select from q_empty e where not q_is_empty_v1(e.queue)) then
		with over as materialized (select e.ctid from q_empty e where not q_is_empty_v1(e.queue) for update skip locked)
		delete from q_empty e using over o where e.ctid = o.ctid;
	end if;
	if exists (select from unnest(q_known_v1()) k where not exists (select from q_empty e where e.queue = k) and q_is_empty_v1(k)) then
		insert into q_empty (queue, since_ms)
			select k, q_now() from unnest(q_known_v1()) k where not exists (select from q_empty e where e.queue = k) and q_is_empty_v1(k) order by k
			on conflict do nothing;
	end if;
end $$;

-- Deletes finished jobs that were kept long enough: of each state those that ended up to
-- in_cuts, and of those that succeeded all but the youngest in_succeeded of each queue.
-- Answers how many, and what q_let_go_v1 says.
create function q_purge_v1(in_states smallint[], in_cuts bigint[], in_succeeded int, in_most int,
	out purged int, out readied text[]) language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
declare
	known text[] := array(select distinct l.queue from q_lane l order by l.queue);
	surplus int;
	ids uuid[];
	queues text[];
	keys bytea[];
	noted uuid[];
	noted_queues text[];
begin
	perform set_config('synchronous_commit', 'off', true);
	with old as materialized (
		select f.ctid from unnest(known) k (queue) cross join unnest(in_states, in_cuts) s (state, cut)
			cross join lateral (select h.ctid, h.finished_ms from q_finished h where h.queue = k.queue and h.state = s.state
				order by h.n limit in_most for update skip locked) f
			where f.finished_ms <= s.cut limit in_most),
	gone as (delete from q_finished f using old o where f.ctid = o.ctid returning f.id, f.queue, f.uniq, f.state, f.deliveries)
	-- Of all that have ended, the dead alone may hold a key.
	select count(*), array_agg(g.id) filter (where g.uniq is not null and g.state = 6),
			array_agg(g.queue) filter (where g.uniq is not null and g.state = 6), array_agg(g.uniq) filter (where g.uniq is not null and g.state = 6),
			array_agg(g.id) filter (where g.deliveries > 1 or g.state <> 5), array_agg(g.queue) filter (where g.deliveries > 1 or g.state <> 5)
		into purged, ids, queues, keys, noted, noted_queues from gone g;
	if noted is not null then
		perform q_unnote_v1(noted, noted_queues);
	end if;
	if ids is not null then
		readied := q_let_go_v1(queues, keys, ids, array_fill(false, array[cardinality(ids)]));
	end if;
	with surplus as materialized (
		select f.ctid from unnest(known) k (queue)
			cross join lateral (select b.n from q_finished b where b.queue = k.queue and b.state = 5 order by b.n desc offset in_succeeded limit 1) bound
			cross join lateral (select h.ctid from q_finished h where h.queue = k.queue and h.state = 5 and h.n <= bound.n
				order by h.n limit in_most - purged for update skip locked) f
			limit in_most - purged),
	gone as (delete from q_finished f using surplus s where f.ctid = s.ctid returning f.id, f.queue, f.deliveries)
	select count(*), array_agg(g.id) filter (where g.deliveries > 1), array_agg(g.queue) filter (where g.deliveries > 1)
		into surplus, noted, noted_queues from gone g;
	if noted is not null then
		perform q_unnote_v1(noted, noted_queues);
	end if;
	perform q_note_empty_v1();
	purged := purged + surplus;
end $$;

insert into q_history (layout, step) values (1, 5);
