-- Q on PostgreSQL, layout 1: settling.

-- Notes attempts that have ended, but not well, and forgets those that are too old. A note
-- without an outcome means that the job is gone, and takes all of its notes away.
create function q_note_v1(in_notes q_attempt[]) returns void language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
begin
	with old as (
		delete from q_attempt a using unnest(in_notes) n
			where a.id between n.id and n.id and a.queue is not distinct from n.queue
				and a.number <= n.number - case when n.outcome is null then 0 else 20 end),
	bare as (
		update q_attempt a set error = split_part(a.error, E'\n', 1) || E'\n' || split_part(a.error, E'\n', 2) || E'\n'
			from unnest(in_notes) n
			where n.outcome is not null and a.id between n.id and n.id and a.queue is not distinct from n.queue
				and a.number between n.number - 5 and n.number - 5 and a.error is not null)
	insert into q_attempt as a select n.* from unnest(in_notes) n where n.outcome is not null
		on conflict (id, number, queue) do update set outcome = excluded.outcome, worker = excluded.worker,
			started_ms = excluded.started_ms, ended_ms = excluded.ended_ms, error = excluded.error;
end $$;

-- Takes the notes of jobs away that are gone. Only jobs that were claimed more than once, or
-- did not succeed, have some.
create function q_unnote_v1(in_ids uuid[], in_queues text[]) returns void language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
begin
	delete from q_attempt a using unnest(in_ids, in_queues) x (id, queue)
		where a.id between x.id and x.id and a.queue is not distinct from x.queue;
end $$;

-- Ends jobs: each row of the arrays names a job and, if it is held, the token. Keeps it
-- among the finished ones if its state is in in_kept. Frees its unique key. Answers the
-- places of the jobs that were ended, and what q_let_go_v1 says.
create function q_end_v1(in_ids uuid[], in_queues text[], in_tokens bigint[], in_states smallint[], in_handled boolean, in_failed int[],
	in_crashed int[], in_released int[], in_errors text[], in_dead_reasons text[], in_cancel_reasons text[], in_result_types text[],
	in_results bytea[], in_omitted text[], in_kept smallint[], out places int[], out readied text[]) language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
declare
	now_ms bigint := q_now();
	keyed uuid[];
	queues text[];
	keys bytea[];
	dead boolean[];
	notes q_attempt[];
begin
	with gone as (
		delete from q_job j
			using unnest(in_ids, in_queues, in_tokens, in_states, in_failed, in_crashed, in_released, in_errors, in_dead_reasons,
				in_cancel_reasons, in_result_types, in_results, in_omitted) with ordinality
				x (id, queue, token, state, failed, crashed, released, error, dead_reason, cancel_reason, result_type, result, omitted, o)
			where j.id between x.id and x.id and j.queue is not distinct from x.queue and j.token is not distinct from x.token
			returning j.*, x.o, x.state, x.failed, x.crashed, x.released, x.error as new_error, x.dead_reason, x.cancel_reason,
				x.result_type, x.result, x.omitted),
	kept as (
		insert into q_finished (id, queue, state, prio, n, seq, created_ms, run_ms, expires_ms, own_lease_ms, started_ms, unhandled_ms,
				finished_ms, deliveries, failures, crashes, nacks, releases, max_crashes, type, uniq, options, error, payload,
				dead_reason, cancel_reason, result_type, result, omitted)
			select g.id, g.queue, g.state, g.prio, nextval('q_seq'), g.seq, g.created_ms, g.run_ms, g.expires_ms, g.own_lease_ms, g.started_ms,
				case when not in_handled then g.unhandled_ms end,
				now_ms, g.deliveries, g.failures + coalesce(g.failed, 0), g.crashes + coalesce(g.crashed, 0), g.nacks,
				g.releases + coalesce(g.released, 0), g.max_crashes, g.type, g.uniq, g.options, coalesce(g.new_error, g.error), g.payload,
				g.dead_reason, g.cancel_reason, g.result_type, g.result, g.omitted
			from (select * from gone order by o) g where g.state = any (in_kept))
	select array_agg(g.o), array_agg(g.id) filter (where g.uniq is not null), array_agg(g.queue) filter (where g.uniq is not null),
			array_agg(g.uniq) filter (where g.uniq is not null),
			array_agg(g.state = 6 and g.state = any (in_kept)) filter (where g.uniq is not null),
			array_agg(row(g.id, g.queue, g.deliveries, case when g.state = any (in_kept) then
						case when g.crashed is null then (array['DEAD', 'CANCELLED', 'EXPIRED'])[g.state - 5]
							when g.crashed = 0 and g.state = 8 then 'RELEASED' else 'LOST' end end,
					g.worker, g.started_ms, now_ms, g.new_error)::q_attempt)
				filter (where case when g.state = any (in_kept) then g.state <> 5 and g.token is not null
					else g.deliveries > case when g.token is null then 0 else 1 end end)
		into places, keyed, queues, keys, dead, notes from gone g;
	if notes is not null then
		perform q_note_v1(notes);
	end if;
	if keyed is not null then
		readied := q_let_go_v1(queues, keys, keyed, dead);
	end if;
end $$;

-- Of some jobs those that are ready, as q_let_go_v1 says it: of each queue the first place. For
-- transactions that go on for long after they have drawn places, or had their ids long before:
-- claims may pass over these places meanwhile. Without queues it looks in all of them.
create function q_passed_v1(in_ids uuid[], in_queues text[], in_began bigint) returns text[] language sql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
	select array_agg(format('%s %s %s', in_began, p.pos, p.queue)) from (
		select j.queue, min(j.pos) as pos from unnest(in_ids, in_queues) x (id, queue)
			cross join lateral (select c.queue, c.pos from q_job c where c.id = x.id and (x.queue is null or c.queue = x.queue)
				and c.lane < 20 and c.token is null offset 0) j
			group by j.queue) p
$$;

-- Puts held jobs back. Kinds: 1 failed, to be tried again; 2 handed back by a shutdown; 3
-- snoozed; 4 refused by the handler; 5 without a handler. Answers the places of the jobs
-- that were put back and, if this takes long or joins a transaction, what q_passed_v1 says.
create function q_back_v1(in_ids uuid[], in_queues text[], in_tokens bigint[], in_kinds smallint[], in_delays bigint[], in_errors text[],
	in_joined boolean, out places int[], out late text[]) language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
declare
	now_ms bigint := q_now();
	front_queues text[];
	front_lanes smallint[];
	notes q_attempt[];
begin
	perform pg_current_xact_id(); -- before positions are drawn: see q_insert
	with back as materialized (
		select x.*, nextval('q_seq') as place from unnest(in_ids, in_queues, in_tokens, in_kinds, in_delays, in_errors) with ordinality
			x (id, queue, token, kind, delay, error, o)),
	moved as (
		update q_job j set token = null, lease_until = null, lease_ms = null, worker = null,
				lane = case when b.kind = 2 then 2 * j.prio when b.delay > 0 then 20 else 2 * j.prio + 1 end,
				pos = case when b.kind <> 2 and b.delay > 0 then now_ms + b.delay else b.place end,
				retrying = b.kind = 1 and b.delay > 0,
				run_ms = case when b.kind = 2 then j.run_ms else now_ms + b.delay end,
				unhandled_ms = case when b.kind = 5 then coalesce(j.unhandled_ms, now_ms) end,
				failures = j.failures + case when b.kind = 1 then 1 else 0 end,
				nacks = j.nacks + case when b.kind = 4 then 1 else 0 end,
				releases = j.releases + case when b.kind in (2, 3, 5) then 1 else 0 end,
				error = coalesce(b.error, j.error)
			from back b where j.id between b.id and b.id and j.queue is not distinct from b.queue and j.token = b.token
			returning b.o, b.kind, b.error, j.id, j.queue, j.lane, j.deliveries, j.started_ms,
				-- As it was before.
				(select c.worker from q_job c where c.id = j.id and c.queue is not distinct from j.queue and c.token = b.token) as worker)
	select array_agg(m.o), array_agg(m.queue) filter (where m.kind = 2), array_agg(m.lane) filter (where m.kind = 2),
			array_agg(row(m.id, m.queue, m.deliveries, (array['FAILED', 'RELEASED', 'SNOOZED', 'REFUSED', 'UNHANDLED'])[m.kind],
				m.worker, m.started_ms, now_ms, m.error)::q_attempt)
		into places, front_queues, front_lanes, notes from moved m;
	if notes is not null then
		perform q_note_v1(notes);
	end if;
	if front_queues is not null then
		perform q_lanes_v1(front_queues, front_lanes);
	end if;
	if in_joined or q_now() > least(now_ms, q_began()) + 1000 then
		late := q_passed_v1(in_ids, in_queues, least(now_ms, q_began()));
	end if;
end $$;

-- Hands back the jobs of claims whose answers never arrived: of those given, and of those that
-- were given before. A claim that is not to be seen yet may be committed later: then
-- q_recover_v1 hands its jobs back. Returns their queues.
create function q_unheard_v1(in_tokens bigint[]) returns table (queue text, many bigint) language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
declare
	ids uuid[];
	queues text[];
	tokens bigint[];
begin
	insert into q_unheard (token, until_ms) select t, q_now() + 3600000 from unnest(in_tokens) t on conflict do nothing;
	select array_agg(j.id), array_agg(j.queue), array_agg(j.token) into ids, queues, tokens
		from (select l.token, unnest(l.ids) as id from q_lease l
			where exists (select from q_unheard u where u.token = l.token offset 0)) x
			cross join lateral (select c.id, c.queue, c.token from q_job c where c.id = x.id and c.token = x.token offset 0) j;
	if ids is not null then
		perform q_back_v1(ids, queues, tokens, array_fill(2::smallint, array[cardinality(ids)]), array_fill(0::bigint, array[cardinality(ids)]), null, false);
	end if;
	return query select q, count(*) from unnest(queues) q group by q;
end $$;

-- Ends some jobs and puts others back, in one step. Answers the places of those of which
-- the lease held, among the first and among the second, and what q_let_go_v1 and q_passed_v1
-- say.
create function q_settle_v1(in_ids uuid[], in_queues text[], in_tokens bigint[], in_states smallint[], in_failed int[], in_errors text[],
	in_dead_reasons text[], in_cancel_reasons text[], in_result_types text[], in_results bytea[], in_omitted text[], in_kept smallint[],
	in_back_ids uuid[], in_back_queues text[], in_back_tokens bigint[], in_kinds smallint[], in_delays bigint[], in_back_errors text[],
	in_joined boolean, out ended int[], out back int[], out readied text[]) language plpgsql
	set search_path from current
	as $$
declare
	late text[];
begin
	if cardinality(in_ids) > 0 then
		select e.places, e.readied into ended, readied from q_end_v1(in_ids, in_queues, in_tokens, in_states, true, in_failed, null, null, in_errors, in_dead_reasons, in_cancel_reasons,
			in_result_types, in_results, in_omitted, in_kept) e;
	end if;
	if cardinality(in_back_ids) > 0 then
		select b.places, b.late into back, late from q_back_v1(in_back_ids, in_back_queues, in_back_tokens, in_kinds, in_delays, in_back_errors, in_joined) b;
		readied := readied || late;
	end if;
end $$;

-- Keeps the youngest jobs of a queue that succeeded. Looks at ends after in_low only, and
-- answers the end up to which none is left, or null if there were no more than are kept.
create function q_trim_v1(in_queue text, in_most int, in_low bigint) returns bigint language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
declare
	bound bigint;
	noted uuid[];
begin
	perform set_config('synchronous_commit', 'off', true);
	select f.n into bound from q_finished f where f.queue = in_queue and f.state = 5 order by f.n desc offset in_most limit 1;
	-- Passing over what others delete just now, in another order perhaps.
	with old as materialized (
		select f.ctid from q_finished f where f.queue = in_queue and f.state = 5 and f.n > in_low and f.n <= bound
			order by f.n for update skip locked),
	gone as (delete from q_finished f using old o where f.ctid = o.ctid returning f.id, f.deliveries)
	select array_agg(g.id) into noted from gone g where g.deliveries > 1;
	if noted is not null then
		perform q_unnote_v1(noted, array_fill(in_queue, array[cardinality(noted)]));
	end if;
	return bound;
end $$;

insert into q_history (layout, step) values (1, 4);
