-- Q on PostgreSQL, layout 1: intervening, schedules and workers.

-- Locks jobs of the lanes up to one that have not ended, in the order of their ids, and
-- waits a moment for those that others hold, but not for long transactions: a job that is
-- still held then is left out. Ready jobs are to be locked to be changed: claims pass over
-- them meanwhile, and raise their lower bounds past them. Of states, null means any.
create function q_lock_v1(in_ids uuid[], in_from smallint, in_to smallint, in_states text[] default null) returns setof q_job language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
declare
	wanted uuid;
	before text := current_setting('lock_timeout');
begin
	perform set_config('lock_timeout', '400ms', true);
	foreach wanted in array array(select distinct i from unnest(in_ids) i order by i) loop
		begin
			return query select * from q_job j where j.id = wanted and j.lane between in_from and in_to
				and (in_states is null or case when j.token is not null then 'RUNNING' when j.lane < 20 then 'READY'
					when j.lane = 21 then 'BLOCKED' when j.retrying then 'RETRYING' else 'SCHEDULED' end = any (in_states)) for update;
		exception when lock_not_available then
			-- Whoever asked is told that this job was not changed. One wait is enough for
			-- all of them.
			perform set_config('lock_timeout', '1ms', true);
		end;
	end loop;
	perform set_config('lock_timeout', before, true);
end $$;

-- Ends jobs that have not ended and are in these states, or any for null. Returns who held
-- them, and, in a row without an id, what q_let_go_v1 says if it says something.
create function q_cancel_v1(in_ids uuid[], in_states text[], in_reason text) returns table (id uuid, queue text, worker text, readied text[]) language plpgsql
	set search_path from current
	as $$
#variable_conflict use_column
declare
	ids uuid[];
	queues text[];
	tokens bigint[];
	workers text[];
	heirs text[];
begin
	select array_agg(j.id), array_agg(j.queue), array_agg(j.token), array_agg(j.worker) into ids, queues, tokens, workers from q_lock_v1(in_ids, 0::smallint, 21::smallint, in_states) j;
	if ids is not null then
		select e.readied into heirs from q_end_v1(ids, queues, tokens, array_fill(7::smallint, array[cardinality(ids)]), false, null, null, null,
			null, null, array_fill(in_reason, array[cardinality(ids)]), null, null, null, array[7::smallint]) e;
	end if;
	return query select x.*, null::text[] from unnest(ids, queues, workers) x;
	return query select null::uuid, null::text, null::text, heirs where heirs is not null;
end $$;

-- Deletes jobs that are in these states, or any for null. Returns what q_cancel_v1 does.
create function q_delete_v1(in_ids uuid[], in_states text[]) returns table (id uuid, queue text, worker text, readied text[]) language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
#variable_conflict use_column
declare
	ids uuid[];
	queues text[];
	tokens bigint[];
	workers text[];
	keys bytea[];
	heirs text[];
	ends smallint[] := array(select case s when 'SUCCEEDED' then 5 when 'DEAD' then 6 when 'CANCELLED' then 7 when 'EXPIRED' then 8 end
		from unnest(in_states) s);
	before text := current_setting('lock_timeout');
begin
	select array_agg(j.id), array_agg(j.queue), array_agg(j.token), array_agg(j.worker) into ids, queues, tokens, workers from q_lock_v1(in_ids, 0::smallint, 21::smallint, in_states) j;
	if ids is not null then
		select e.readied into heirs from q_end_v1(ids, queues, tokens, array_fill(7::smallint, array[cardinality(ids)]), false, null, null, null,
			null, null, null, null, null, null, null) e;
	end if;
	return query select x.*, null::text[] from unnest(ids, queues, workers) x;
	-- One that is being brought back waits for keys that were freed here: whoever does so
	-- is not waited for longer than a moment, and keeps the job.
	perform set_config('lock_timeout', '400ms', true);
	begin
		with gone as (delete from q_finished f where f.id = any (in_ids) and (in_states is null or f.state = any (ends)) returning f.id, f.queue, f.uniq)
		select array_agg(g.id), array_agg(g.queue), array_agg(g.uniq) into ids, queues, keys from gone g;
	exception when lock_not_available then
		with free as materialized (select f.ctid from q_finished f where f.id = any (in_ids) and (in_states is null or f.state = any (ends)) order by f.id, f.queue for update skip locked),
		gone as (delete from q_finished f using free x where f.ctid = x.ctid returning f.id, f.queue, f.uniq)
		select array_agg(g.id), array_agg(g.queue), array_agg(g.uniq) into ids, queues, keys from gone g;
	end;
	perform set_config('lock_timeout', before, true);
	if ids is not null then
		perform q_unnote_v1(ids, queues);
	end if;
	if num_nonnulls(variadic keys) > 0 then
		heirs := heirs || q_let_go_v1(queues, keys, ids, array_fill(false, array[cardinality(ids)]));
	end if;
	return query select x.id, x.queue, null::text, null::text[] from unnest(ids, queues) x (id, queue);
	return query select null::uuid, null::text, null::text, heirs where heirs is not null;
end $$;

-- Whether a job that is brought back does without its key.
create function q_is_past_v1(in_options text, in_deliveries int) returns boolean language sql immutable
	set search_path from current
	as $$
	select coalesce(in_options ~ '(?n)^scope=WINDOW' or in_options ~ '(?n)^scope=PENDING' and in_deliveries > 0, false)
$$;

-- Brings back jobs that are dead, cancelled or expired. Returns them and, in a row without an id,
-- what q_passed_v1 says if this took long.
create function q_retry_v1(in_ids uuid[]) returns table (id uuid, queue text, readied text[]) language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
#variable_conflict use_column
declare
	now_ms bigint := q_now();
	held_ids uuid[];
	held_queues text[];
	r q_finished;
begin
	perform pg_current_xact_id(); -- before positions are drawn: see q_insert
	-- In the same order as others: jobs by id, queues by name, then keys. What ends after
	-- this moment is left alone, since it would be held out of order.
	select array_agg(f.id), array_agg(f.queue) into held_ids, held_queues
		from (select c.id, c.queue from q_finished c where c.id = any (in_ids) and c.state <> 5 order by c.id, c.queue for update) f;
	if held_ids is null then
		return;
	end if;
	perform q_uncounted_v1(held_queues);
	perform q_unhold_v1(array_agg(f.queue), array_agg(f.uniq), now_ms) from unnest(held_ids, held_queues) x (id, queue)
		cross join lateral (select * from q_finished c where c.id = x.id and c.queue is not distinct from x.queue offset 0) f
		where f.uniq is not null;
	-- A window, and a key that was held until the job was claimed, are not taken again.
	insert into q_unique (queue, key, job_id, scope)
		select distinct on (f.queue, f.uniq) f.queue, f.uniq, f.id,
			case substring(f.options from '(?n)^scope=([A-Z_]+)') when 'PENDING' then 1 when 'UNTIL_SUCCESS' then 2 else 0 end
			from unnest(held_ids, held_queues) x (id, queue)
			cross join lateral (select * from q_finished c where c.id = x.id and c.queue is not distinct from x.queue offset 0) f
			where f.uniq is not null and not q_is_past_v1(f.options, f.deliveries) order by f.queue, f.uniq, array_position(in_ids, f.id)
		on conflict do nothing;
	for r in select f.* from unnest(held_ids, held_queues) x (id, queue)
			cross join lateral (select * from q_finished c where c.id = x.id and c.queue is not distinct from x.queue offset 0) f
			order by array_position(in_ids, f.id) loop
		continue when r.uniq is not null and not q_is_past_v1(r.options, r.deliveries) and not exists (
			select from q_unique u where u.queue = r.queue and u.key = r.uniq and u.job_id = r.id);
		delete from q_finished f where f.id = r.id and f.queue is not distinct from r.queue;
		insert into q_job (id, queue, lane, prio, pos, seq, created_ms, run_ms, own_lease_ms, started_ms, deliveries, nacks, releases,
				max_crashes, type, uniq, options, error, payload)
			values (r.id, r.queue, 2 * r.prio + 1, r.prio, nextval('q_seq'), r.seq, r.created_ms, now_ms, r.own_lease_ms, r.started_ms,
				r.deliveries, r.nacks, r.releases, r.max_crashes, r.type, r.uniq, r.options, r.error, r.payload);
		perform q_lanes_v1(array[r.queue], array[(2 * r.prio + 1)::smallint]);
		return query select r.id, r.queue, null::text[];
	end loop;
	if q_now() > least(now_ms, q_began()) + 1000 then
		return query select null::uuid, null::text, p from q_passed_v1(held_ids, held_queues, least(now_ms, q_began())) p where p is not null;
	end if;
end $$;

-- Gives waiting jobs another time; below zero it counts from now. Returns the jobs that
-- were changed, and whether each is the first of its queue to be due; and, in a row without an
-- id, what q_passed_v1 says if this took long.
create function q_reschedule_v1(in_ids uuid[], in_due bigint) returns table (id uuid, queue text, news boolean, readied text[]) language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
#variable_conflict use_column
declare
	now_ms bigint := q_now();
	due bigint := greatest(now_ms, case when in_due < 0 then now_ms - in_due else in_due end);
	r record;
begin
	perform pg_current_xact_id(); -- before positions are drawn: see q_insert
	for r in select j.id, j.queue, j.lane, j.prio from q_lock_v1(in_ids, case when due > now_ms then 0 else 20 end::smallint, 20::smallint) j
			join (select i, min(o) as o from unnest(in_ids) with ordinality y (i, o) group by i) x on x.i = j.id
			where j.token is null order by x.o loop
		update q_job j set lane = case when due > now_ms then 20 else 2 * j.prio + 1 end,
				pos = case when due > now_ms then due else nextval('q_seq') end, run_ms = due, retrying = false
			where j.id = r.id and j.queue is not distinct from r.queue;
		return query select r.id, r.queue, due <= now_ms or not exists (
			select from q_job j where j.queue = r.queue and j.lane = 20 and j.pos > now_ms - 10000 and j.pos < due), null::text[];
	end loop;
	if q_now() > least(now_ms, q_began()) + 1000 then
		return query select null::uuid, null::text, null::boolean, p from q_passed_v1(in_ids, null, least(now_ms, q_began())) p where p is not null;
	end if;
end $$;

-- Due time of a job on hold: the millisecond after the last that can be. See JobRow.
create function q_never_v1() returns bigint language sql immutable as $$ select 253402300800000 $$;

-- Puts waiting jobs on hold.
create function q_hold_v1(in_ids uuid[]) returns table (id uuid, queue text) language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
#variable_conflict use_column
declare
	r record;
begin
	for r in select j.id, j.queue from q_lock_v1(in_ids, 0::smallint, 20::smallint) j
			where j.token is null and (j.lane < 20 or j.lane = 20 and j.run_ms <> q_never_v1()) loop
		update q_job j set lane = 20, pos = q_never_v1(), run_ms = q_never_v1(), retrying = false
			where j.id = r.id and j.queue is not distinct from r.queue;
		return query select r.id, r.queue;
	end loop;
end $$;

-- Makes jobs ready that are on hold. Returns what q_retry_v1 does.
create function q_release_v1(in_ids uuid[]) returns table (id uuid, queue text, readied text[]) language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
#variable_conflict use_column
declare
	now_ms bigint := q_now();
	r record;
begin
	perform pg_current_xact_id(); -- before positions are drawn: see q_insert
	for r in select j.id, j.queue, j.prio from q_lock_v1(in_ids, 20::smallint, 20::smallint) j
			join (select i, min(o) as o from unnest(in_ids) with ordinality y (i, o) group by i) x on x.i = j.id
			where j.token is null and j.run_ms = q_never_v1() order by x.o loop
		update q_job j set lane = 2 * r.prio + 1, pos = nextval('q_seq'), run_ms = q_now()
			where j.id = r.id and j.queue is not distinct from r.queue;
		return query select r.id, r.queue, null::text[];
	end loop;
	if q_now() > least(now_ms, q_began()) + 1000 then
		return query select null::uuid, null::text, p from q_passed_v1(in_ids, null, least(now_ms, q_began())) p where p is not null;
	end if;
end $$;

-- Changes what a job is, if it still is what it was: state, deliveries, type, priority,
-- options and payload. A job that has ended may be brought back with it. Answers as EditAnswer
-- names it, and brings the place of a job that was ready, or is, if this took long: claims may
-- have passed over it meanwhile.
create function q_edit_v1(in_id uuid, in_queue text, in_state text, in_deliveries int, in_was_type text, in_was_prio smallint,
	in_was_options text, in_was_payload bytea, in_prio smallint, in_options text, in_payload bytea, in_back boolean,
	out answer text, out place bigint) language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
declare
	r record;
	locked boolean;
	began bigint := least(q_now(), q_began());
begin
	perform pg_current_xact_id(); -- before positions are drawn: see q_insert
	-- Whoever has the job just now is waited for, but not for long; what it is then, counts.
	select true, case when j.lane < 20 and j.token is null then j.pos end into locked, place
		from q_lock_v1(array[in_id], 0::smallint, 21::smallint) j where j.queue = in_queue;
	perform 1 from q_finished f where f.id = in_id and f.queue is not distinct from in_queue for update;
	select * into r from q_jobs v where v.id = in_id and v.queue is not distinct from in_queue;
	if r.id is null then
		answer := 'UNKNOWN';
		return;
	end if;
	if (r.state, r.deliveries, r.type, r.prio, r.payload) is distinct from (in_state, in_deliveries, in_was_type, in_was_prio, in_was_payload)
			or r.options is distinct from in_was_options or locked is null and in_state in ('SCHEDULED', 'READY', 'RETRYING', 'BLOCKED') then
		answer := 'CHANGED';
		return;
	end if;
	if in_back and not exists (select from q_retry_v1(array[in_id]) x where x.queue = in_queue) then
		answer := 'KEY_TAKEN';
		return;
	end if;
	perform q_lanes_v1(array[in_queue], array[(2 * in_prio + 1)::smallint]);
	update q_job j set prio = in_prio, options = in_options, payload = in_payload,
			lane = case when j.lane >= 20 or j.prio = in_prio then j.lane else 2 * in_prio + 1 end,
			pos = case when j.lane >= 20 or j.prio = in_prio then j.pos else nextval('q_seq') end
		where j.id = in_id and j.queue is not distinct from in_queue and j.token is null;
	update q_finished f set prio = in_prio, options = in_options, payload = in_payload
		where f.id = in_id and f.queue is not distinct from in_queue;
	if place is null and q_now() > began + 1000 then
		select j.pos into place from q_job j where j.id = in_id and j.queue is not distinct from in_queue and j.lane < 20 and j.token is null;
	end if;
	answer := 'DONE';
end $$;

-- Sets what a queue does not do, and who says so, unless it does not do just that already.
-- Returns what was set before.
create function q_pause_v1(in_queue text, in_mode text, in_by text) returns text language plpgsql
	set search_path from current
	as $$
declare
	before text;
begin
	insert into q_queue (name) select in_queue where not exists (select from q_queue where name = in_queue) on conflict do nothing;
	select pause into before from q_queue where name = in_queue for update;
	if before <> in_mode then
		update q_queue set pause = in_mode, paused_by = case when in_mode <> 'NONE' then nullif(in_by, '') end,
				paused_ms = case when in_mode <> 'NONE' then q_now() end
			where name = in_queue;
	end if;
	return before;
end $$;

-- Moves a schedule on if it still stands as given, and stores the job of a tick, given as to
-- q_insert, if there is one and the queue takes it in. Returns null if it does not, else the
-- place of a ready job that was changed instead or, if this took long, stored; or zero.
create function q_fire_v1(in_name text, in_trigger text, in_zone text, in_rules text, in_next bigint, in_paused boolean, in_last uuid, in_then bigint,
	in_queue text, in_prio smallint, in_type text, in_payload bytea, in_options text, in_crashes int, in_lease bigint,
	in_job uuid, in_job_prio smallint, in_job_type text, in_job_payload bytea, in_job_options text, in_job_crashes int, in_job_lease bigint,
	in_due bigint, in_life bigint, in_deadline bigint, in_uniq bytea, in_scope smallint, in_window bigint, in_conflict smallint) returns bigint language plpgsql
	set search_path from current
	as $$
declare
	kept bigint;
	stopped boolean;
begin
	if in_job is not null and exists (select from q_queue q where q.name = in_queue and q.pause in ('IN', 'ALL')) then
		return null;
	end if;
	update q_schedule s set next_ms = in_then, last_job = coalesce(in_job, s.last_job)
		where s.name = in_name and s.trigger_text = in_trigger and s.zone = in_zone and s.rules = in_rules and s.next_ms = in_next
			and s.paused = in_paused and s.last_job is not distinct from in_last
			and s.queue = in_queue and s.prio = in_prio and s.type = in_type and s.payload = in_payload
			and s.options is not distinct from in_options and s.max_crashes = in_crashes and s.own_lease_ms is not distinct from in_lease;
	if not found then
		return null;
	end if;
	if in_job is not null and in_scope is not null then
		select min(i.number) filter (where i.what in ('kept', 'low')), bool_or(i.what = 'pause') into kept, stopped from q_insert_keyed_v1(array[in_job], array[in_queue], array[in_job_prio], array[in_job_type],
			array[in_job_payload], array[in_job_options], array[in_job_crashes], array[in_job_lease], array[in_due], array[in_life],
			array[in_deadline], array[in_uniq], array[1], array[null::int], null, false, array[in_scope], array[in_window], array[in_conflict]) i;
	elsif in_job is not null then
		select min(i.number) filter (where i.what = 'low'), bool_or(i.what = 'pause') into kept, stopped from q_insert_v1(array[in_job], array[in_queue], array[in_job_prio], array[in_job_type], array[in_job_payload],
			array[in_job_options], array[in_job_crashes], array[in_job_lease], array[in_due], array[in_life], array[in_deadline],
			case when in_uniq is not null then array[in_uniq] end, array[1], array[null::int], null, false) i;
	end if;
	if stopped then
		-- Since this looked. The caller tries again, and leaves the tick for later.
		raise exception sqlstate '40001' using message = 'queue ' || in_queue || ' was paused by another transaction at the same moment';
	end if;
	return coalesce(kept, 0);
end $$;

-- Stores schedules. One that is known keeps what has become of it, and its next time if its
-- trigger is as it was. One by one, since one that is given twice is changed twice, and by
-- name, so that two calls do not wait for each other.
create function q_save_v1(in_names text[], in_triggers text[], in_zones text[], in_rules text[], in_nexts bigint[], in_paused int[], in_lasts uuid[],
	in_queues text[], in_prios smallint[], in_crashes int[], in_leases bigint[], in_types text[], in_options text[], in_payloads bytea[])
	returns void language plpgsql
	set search_path from current
	as $$
declare
	r record;
begin
	for r in select x.*
			from unnest(in_names, in_triggers, in_zones, in_rules, in_nexts, in_paused, in_lasts, in_queues, in_prios, in_crashes, in_leases,
					in_types, in_options, in_payloads)
				with ordinality x (name, trigger_text, zone, rules, next_ms, paused, last_job, queue, prio, crashes, lease, type, options, payload, o)
			order by x.name, x.o loop
		insert into q_schedule as s (name, trigger_text, zone, rules, next_ms, paused, last_job, queue, prio, max_crashes, own_lease_ms, type,
				options, payload)
			values (r.name, r.trigger_text, r.zone, r.rules, r.next_ms, r.paused = 1, r.last_job, r.queue, r.prio, r.crashes, r.lease, r.type,
				r.options, r.payload)
			on conflict (name) do update set
				next_ms = case when s.trigger_text = excluded.trigger_text and s.zone = excluded.zone then s.next_ms else excluded.next_ms end,
				trigger_text = excluded.trigger_text, zone = excluded.zone, rules = excluded.rules, queue = excluded.queue,
				prio = excluded.prio, max_crashes = excluded.max_crashes, own_lease_ms = excluded.own_lease_ms, type = excluded.type,
				options = excluded.options, payload = excluded.payload;
	end loop;
end $$;
create function q_unsave_v1(in_name text) returns boolean language plpgsql
	set search_path from current
	as $$
begin
	delete from q_schedule where name = in_name;
	return found;
end $$;
create function q_halt_v1(in_name text, in_paused boolean) returns boolean language plpgsql
	set search_path from current
	as $$
begin
	update q_schedule set paused = in_paused where name = in_name and paused <> in_paused;
	return found or exists (select from q_schedule where name = in_name);
end $$;
create function q_schedules_v1() returns setof q_schedule language sql
	set search_path from current
	as $$ select * from q_schedule order by name $$;

-- What is due, and when the next of the others is. One row without a schedule if none is due.
create function q_timetable_v1(in_most bigint) returns table (now_ms bigint, upcoming_ms bigint, name text, trigger_text text, zone text, rules text,
	next_ms bigint, paused boolean, last_job uuid, queue text, prio smallint, max_crashes int, own_lease_ms bigint, type text, options text,
	payload bytea) language plpgsql
	set search_path from current
	as $$
#variable_conflict use_column
declare
	this_moment bigint := q_now();
begin
	return query select this_moment, (select min(u.next_ms) from q_schedule u where not u.paused and u.next_ms > this_moment), s.*
		from (select) one left join lateral (
			select d.* from q_schedule d where not d.paused and d.next_ms <= this_moment order by d.next_ms, d.name limit in_most) s on true;
end $$;

create function q_announce_v1(in_id text, in_host text, in_started text, in_state text, in_queues text[], in_exclusive text[], in_slots int, in_running int, in_life bigint)
	returns void language plpgsql
	set search_path from current
	as $$
begin
	perform set_config('synchronous_commit', 'off', true);
	insert into q_worker values (in_id, in_host, in_started, in_state, in_queues, in_exclusive, in_slots, in_running, q_now() + in_life)
		on conflict (id) do update set host = excluded.host, started = excluded.started, state = excluded.state, queues = excluded.queues,
			exclusive = excluded.exclusive, slots = excluded.slots, running = excluded.running, until_ms = excluded.until_ms;
	delete from q_worker where until_ms < q_now() - 86400000;
end $$;
create function q_withdraw_v1(in_id text) returns void language sql
	set search_path from current
	as $$ delete from q_worker where id = in_id $$;
create function q_workers_v1() returns setof q_worker language sql
	set search_path from current
	as $$ select * from q_worker where until_ms > q_now() order by id $$;

-- Deletes jobs of a queue that have ended, but those that others hold, who bring them back
-- or delete them. Returns what they were, and, in a row without an id, what q_let_go_v1
-- says if it says something: in options, a line for each job.
create function q_forget_v1(in_queue text, in_ids uuid[]) returns setof q_jobs language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
declare
	ids uuid[];
	keys bytea[];
	noted uuid[];
	heirs text[];
	last_row q_jobs;
begin
	select array_agg(f.id), array_agg(f.uniq), array_agg(f.id) filter (where f.deliveries > 1 or f.state <> 5) into ids, keys, noted
		from (select c.id, c.uniq, c.deliveries, c.state from q_finished c where c.id = any (in_ids) and c.queue is not distinct from in_queue
			order by c.id for update skip locked) f;
	return query
		with gone as (delete from q_finished f where f.id = any (ids) and f.queue is not distinct from in_queue returning f.*)
		select g.id, g.queue, case g.state when 5 then 'SUCCEEDED' when 6 then 'DEAD' when 7 then 'CANCELLED' else 'EXPIRED' end,
			g.type, g.prio, g.created_ms, g.run_ms, g.expires_ms, g.started_ms, g.finished_ms, g.unhandled_ms,
			g.deliveries, g.failures, g.crashes, g.nacks, g.releases, g.max_crashes, g.own_lease_ms,
			null::text, null::bigint, g.error, g.dead_reason, g.cancel_reason,
			g.result_type, g.result, g.omitted, g.options, g.payload
		from gone g;
	if noted is not null then
		perform q_unnote_v1(noted, array_fill(in_queue, array[cardinality(noted)]));
	end if;
	if num_nonnulls(variadic keys) > 0 then
		heirs := q_let_go_v1(array_fill(in_queue, array[cardinality(ids)]), keys, ids, array_fill(false, array[cardinality(ids)]));
	end if;
	if heirs is not null then
		last_row.options := array_to_string(heirs, E'\n');
		return next last_row;
	end if;
end $$;

insert into q_history (layout, step) values (1, 6);
