-- Q on PostgreSQL, layout 1: unique keys.
--
-- Locks are taken in one order: keys by queue and key, then jobs. Who ends a job has it
-- before its key; so whoever holds a key waits for a job that has never been claimed for a
-- moment only, and for others not at all. A job that waits for a key is noted with it, and
-- may be gone when it is its turn: who cancels it need not look for the key.

-- Keys that are free though they stand here: their window is over, or their job has been
-- claimed, which frees none.
create function q_unhold_v1(in_queues text[], in_uniqs bytea[], in_now bigint) returns void language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
begin
	if exists (select from unnest(in_queues, in_uniqs) x (queue, key)
			cross join lateral (select from q_unique u where u.key = x.key and u.queue = x.queue and u.scope in (1, 3) offset 0) u) then
		with over as materialized (
			select u.ctid from (select distinct y.queue, y.key from unnest(in_queues, in_uniqs) y (queue, key)
					where y.key is not null order by y.queue, y.key) x
				cross join lateral (select c.ctid from q_unique c where c.key = x.key and c.queue = x.queue
					and (c.until_ms <= in_now or c.scope = 1 and not exists (select from q_job j
						where j.id = c.job_id and j.queue is not distinct from c.queue and j.deliveries = 0 offset 0))
					limit 1 for update) u)
		delete from q_unique u using over o where u.ctid = o.ctid;
	end if;
end $$;

-- The options of a job with another payload.
create function q_with_payload_v1(in_options text, in_other text) returns text language sql immutable
	set search_path from current
	as $$
	select nullif(concat_ws(E'\n',
		(select string_agg(l, E'\n') from regexp_split_to_table(in_other, E'\n') l where l ~ '^(content|version)='),
		(select string_agg(l, E'\n') from regexp_split_to_table(in_options, E'\n') l where l !~ '^(content|version)=')), '')
$$;

-- A job that has never been claimed, and is not on its way out: locked, or null.
create function q_unstarted_v1(in_id uuid, in_queue text, in_key bytea) returns q_job language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
declare
	found_job q_job;
	before text := current_setting('lock_timeout');
begin
	perform set_config('lock_timeout', '100ms', true);
	begin
		select * into found_job from q_job j where j.id = in_id and j.queue is not distinct from in_queue and j.uniq = in_key
			and j.deliveries = 0 and j.lane <= 20 for update;
	exception when lock_not_available then
		-- It is being claimed or ended. Who ends it may wait for its key, which we have.
		found_job := null;
	end;
	perform set_config('lock_timeout', before, true);
	return found_job;
end $$;

-- Jobs that have ended, or are gone, let go of their keys. A dead job that is kept holds
-- on to a key until success. Who waits for a key has it in the same step, and its time
-- counts from here. Returns of each when this transaction began, the place of the job and
-- its queue, with blanks between them.
create function q_let_go_v1(in_queues text[], in_uniqs bytea[], in_ids uuid[], in_dead boolean[]) returns text[] language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
declare
	now_ms bigint := q_now();
	r record;
	heir q_job;
	is_due boolean;
	place bigint;
	readied text[];
begin
	for r in select u.*, x.dead from (select * from unnest(in_queues, in_uniqs, in_ids, in_dead) y (queue, key, id, dead)
				order by y.queue, y.key) x
			cross join lateral (select * from q_unique c where c.key = x.key and c.queue = x.queue and c.job_id = x.id
				and c.scope <> 3 limit 1 for update) u loop
		continue when r.dead and r.scope = 2;
		if r.next_id is not null then
			select * into heir from q_job j where j.id = r.next_id and j.queue is not distinct from r.queue and j.uniq = r.key and j.lane = 21
				for update;
			if found then
				is_due := heir.run_ms <= now_ms;
				place := case when is_due then nextval('q_seq') else heir.run_ms end;
				update q_job j set lane = case when is_due then 2 * heir.prio + 1 else 20 end, pos = place,
						run_ms = greatest(heir.run_ms, now_ms)
					where j.id between heir.id and heir.id and j.queue is not distinct from heir.queue;
				perform q_lanes_v1(array[r.queue], array[(2 * heir.prio + 1)::smallint]);
				update q_unique u set job_id = heir.id, next_id = null, scope = x.scope,
						until_ms = case when x.scope = 3 then least(now_ms + x.length, 253402300799999) end
					from (select case substring(heir.options from '(?n)^scope=([A-Z_]+)')
							when 'PENDING' then 1 when 'UNTIL_SUCCESS' then 2 when 'WINDOW' then 3 else 0 end as scope,
						substring(heir.options from '(?n)^scope=WINDOW ([0-9]+)')::bigint as length) x
					where u.key = r.key and u.queue = r.queue;
				readied := readied || format('%s %s %s', least(now_ms, q_began()), place, r.queue);
				continue;
			end if;
		end if;
		delete from q_unique u where u.key = r.key and u.queue = r.queue;
	end loop;
	return readied;
end $$;

-- Stores jobs as q_insert_v1 does, of which some have keys with other scopes than until
-- the job is done, or conflicts that change jobs. Scopes: 0 until the job is done, 1 until
-- it is claimed, 2 until it succeeds, 3 for a window. Conflicts: 1 gives the payload to
-- the job that holds the key, 2 the due time, 3 waits for the key. Returns what
-- q_insert_v1 does, and
--   changed   job `place` is not stored, but has changed `id`
--   kept      in `queue` a job was ready, at place `number`, that was held meanwhile
create function q_insert_keyed_v1(in_ids uuid[], in_queues text[], in_prios smallint[], in_types text[], in_payloads bytea[],
	in_options text[], in_crashes int[], in_leases bigint[], in_dues bigint[], in_lives bigint[], in_deadlines bigint[], in_uniqs bytea[],
	in_ends int[], in_limits int[], in_commit text, in_joined boolean, in_scopes smallint[], in_windows bigint[], in_conflicts smallint[])
	returns table (what text, place int, id uuid, queue text, number bigint) language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
#variable_conflict use_column
declare
	now_ms bigint := q_now();
	paused text[];
	r record;
	i int;
	first int := 1;
	length text;
begin
	perform pg_current_xact_id(); -- before positions are drawn: see q_insert_v1
	paused := array(select q.name from q_queue q where q.name = any (in_queues) and q.pause in ('IN', 'ALL'));
	return query select 'pause', null::int, null::uuid, p, null::bigint from unnest(paused) p;
	perform 1 from q_queue q where q.name = any (in_queues) and q.credit_limit > 0 order by q.name for update;
	-- All keys of the call, in one order, those that nobody holds too (scope 9): from here
	-- on no key is waited for.
	for r in select distinct x.queue, x.key from unnest(in_queues, in_uniqs) x (queue, key)
			where x.key is not null and x.queue <> all (paused) order by x.queue, x.key loop
		loop
			perform 1 from q_unique u where u.key = r.key and u.queue = r.queue for update;
			exit when found;
			insert into q_unique (queue, key, job_id, scope) values (r.queue, r.key, in_ids[1], 9) on conflict do nothing;
			exit when found;
		end loop;
	end loop;
	for i in 1 .. cardinality(in_ends) loop
		begin
			return query select * from q_enter_v1(in_ids, in_queues, in_prios, in_types, in_payloads, in_options, in_crashes, in_leases, in_dues,
				in_lives, in_deadlines, in_uniqs, first, in_ends[i], in_limits[i], in_commit, in_joined, in_scopes, in_windows, in_conflicts,
				paused, now_ms);
		exception when sqlstate 'QF001' then
			-- No room: nothing of the set is done.
			get stacked diagnostics length = message_text;
			return query select 'full', i, null::uuid, null::text, length::bigint;
			-- But what it held is ready still, and claims have passed over it meanwhile.
			return query
				select 'kept', null::int, null::uuid, j.queue, j.pos
					from unnest(in_queues[first:in_ends[i]], in_uniqs[first:in_ends[i]], in_conflicts[first:in_ends[i]]) x (queue, key, conflict)
					cross join lateral (select y.job_id from q_unique y where y.key = x.key and y.queue = x.queue offset 0) u
					cross join lateral (select y.queue, y.pos from q_job y where y.id = u.job_id and y.queue is not distinct from x.queue
						and y.lane < 20 and y.token is null offset 0) j
					where x.conflict > 0;
		end;
		first := in_ends[i] + 1;
	end loop;
	for r in select u.ctid from unnest(in_queues, in_uniqs) x (queue, key)
			cross join lateral (select c.ctid from q_unique c where c.key = x.key and c.queue = x.queue and c.scope = 9 offset 0) u loop
		delete from q_unique u where u.ctid = r.ctid;
	end loop;
end $$;

-- Stores one set of jobs of q_insert_keyed_v1, job by job: what becomes of one may depend on
-- those before. What is new is gathered, and stored before something else is done to it.
create function q_enter_v1(in_ids uuid[], in_queues text[], in_prios smallint[], in_types text[], in_payloads bytea[],
	in_options text[], in_crashes int[], in_leases bigint[], in_dues bigint[], in_lives bigint[], in_deadlines bigint[], in_uniqs bytea[],
	in_first int, in_last int, in_limit int, in_commit text, in_joined boolean, in_scopes smallint[], in_windows bigint[],
	in_conflicts smallint[], in_paused text[], in_now bigint)
	returns table (what text, place int, id uuid, queue text, number bigint) language plpgsql
	set search_path from current set plan_cache_mode = force_generic_plan set jit = off
	set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
	as $$
#variable_conflict use_column
declare
	o int := in_first;
	dues bigint[] := in_dues;
	fresh int[] := '{}';
	fresh_ids uuid[] := '{}';
	behind uuid[] := '{}';
	flush boolean := false;
	stored int := 0;
	hold q_unique;
	holder q_job;
	due bigint;
	drawn bigint;
	r record;
begin
	loop
		if (flush or o > in_last) and cardinality(fresh) > 0 then
			for r in select s.* from q_insert_v1(fresh_ids, array(select in_queues[f] from unnest(fresh) f), array(select in_prios[f] from unnest(fresh) f),
					array(select in_types[f] from unnest(fresh) f), array(select in_payloads[f] from unnest(fresh) f),
					array(select in_options[f] from unnest(fresh) f), array(select in_crashes[f] from unnest(fresh) f),
					array(select in_leases[f] from unnest(fresh) f), array(select dues[f] from unnest(fresh) f),
					array(select in_lives[f] from unnest(fresh) f), array(select in_deadlines[f] from unnest(fresh) f), null,
					array[cardinality(fresh)], array[in_limit], in_commit, in_joined) s loop
				if r.what = 'full' then
					raise exception sqlstate 'QF001' using message = (r.number - stored)::text;
				elsif r.what in ('job', 'pause') then
					raise exception sqlstate '40001' using message = 'a job was stored, or its queue paused, by another transaction at the same moment';
				end if;
				return query select r.what, r.place, r.id, r.queue, r.number;
			end loop;
			update q_job j set uniq = in_uniqs[f], lane = case when j.id = any (behind) then 21 else j.lane end from unnest(fresh) f
				where j.id between in_ids[f] and in_ids[f] and j.queue is not distinct from in_queues[f] and in_uniqs[f] is not null;
			stored := stored + cardinality(fresh);
			fresh := '{}';
			fresh_ids := '{}';
			behind := '{}';
		end if;
		exit when o > in_last;
		flush := false;
		if in_queues[o] = any (in_paused) then
			o := o + 1;
			continue;
		end if;
		if in_ids[o] = any (fresh_ids) and exists (select from unnest(fresh) f where in_ids[f] = in_ids[o] and in_queues[f] = in_queues[o])
				or exists (select from q_job j where j.id = in_ids[o] and j.queue is not distinct from in_queues[o] offset 0)
				or exists (select from q_finished f where f.id = in_ids[o] and f.queue is not distinct from in_queues[o] offset 0) then
			return query select 'job', o, in_ids[o], null::text, null::bigint;
			o := o + 1;
			continue;
		end if;
		if in_uniqs[o] is null then
			fresh := fresh || o;
			fresh_ids := fresh_ids || in_ids[o];
			o := o + 1;
			continue;
		end if;
		due := greatest(in_now, case when in_dues[o] < 0 then in_now - in_dues[o] else in_dues[o] end);
		select * into hold from q_unique u where u.key = in_uniqs[o] and u.queue = in_queues[o];
		if hold.scope = 9 or hold.until_ms <= in_now or hold.scope = 1 and hold.job_id <> all (fresh_ids) and not exists (
				select from q_job j where j.id = hold.job_id and j.queue is not distinct from hold.queue and j.deliveries = 0 offset 0) then
			hold := null;
		end if;
		if cardinality(fresh) > 0 and hold.job_id is not null and (in_conflicts[o] = 2 -- may draw a position
				or hold.job_id = any (fresh_ids) and in_conflicts[o] > 0 or hold.next_id = any (fresh_ids)) then
			flush := true;
			continue;
		end if;
		holder := null;
		if hold.job_id is not null and in_conflicts[o] > 0 then
			holder := q_unstarted_v1(hold.job_id, hold.queue, hold.key);
			-- It was claimed just now, which makes its key free: who waited for that would be
			-- forgotten by the next one that takes it.
			if hold.scope = 1 and holder.id is null then
				hold := null;
			end if;
		end if;
		if hold.job_id is null or holder.id is null and in_conflicts[o] = 3 and hold.scope = 3 then
			-- Free, or taken for a window, after which this job is due.
			if hold.job_id is not null and due < hold.until_ms then
				due := hold.until_ms;
				dues := case when dues is null then array_fill(null::bigint, array[cardinality(in_ids)]) else dues end;
				dues[o] := due;
			end if;
			update q_unique u set job_id = in_ids[o], scope = in_scopes[o], next_id = null,
					until_ms = least(case when hold.job_id is null then in_now else due end + in_windows[o], 253402300799999)
				where u.key = in_uniqs[o] and u.queue = in_queues[o];
			fresh := fresh || o;
			fresh_ids := fresh_ids || in_ids[o];
		elsif holder.id is not null then
			if holder.lane < 20 then
				-- What is ready already, and shall be, keeps its place, as all does if this is
				-- rolled back; but claims pass over it as long as we have it, and raise their
				-- lower bounds past it.
				return query select 'kept', null::int, null::uuid, holder.queue, holder.pos;
			end if;
			if in_conflicts[o] <> 2 then
				update q_job j set type = in_types[o], payload = in_payloads[o], options = q_with_payload_v1(holder.options, in_options[o])
					where j.id between holder.id and holder.id and j.queue is not distinct from holder.queue;
			elsif holder.lane = 20 or due > in_now then
				drawn := case when due <= in_now then nextval('q_seq') end;
				update q_job j set lane = case when due > in_now then 20 else 2 * holder.prio + 1 end, pos = coalesce(drawn, due), run_ms = due
					where j.id between holder.id and holder.id and j.queue is not distinct from holder.queue;
				return query select 'first', null::int, null::uuid, holder.queue, null::bigint;
				if drawn is not null and (in_joined or q_now() > least(in_now, q_began()) + 1000) then
					return query select x.what, null::int, null::uuid, null::text, x.number
						from (values ('low', drawn), ('time', least(in_now, q_began()))) x (what, number);
				end if;
			end if;
			return query select 'changed', o, holder.id, null::text, null::bigint;
		elsif coalesce(in_conflicts[o], 0) <> 3 then
			return query select 'job', o, hold.job_id, null::text, null::bigint;
		else
			update q_job j set type = in_types[o], payload = in_payloads[o], options = q_with_payload_v1(j.options, in_options[o])
				where j.id between hold.next_id and hold.next_id and j.queue is not distinct from hold.queue and j.uniq = hold.key and j.lane = 21;
			if found then
				return query select 'changed', o, hold.next_id, null::text, null::bigint;
			else
				update q_unique u set next_id = in_ids[o] where u.key = in_uniqs[o] and u.queue = in_queues[o];
				fresh := fresh || o;
				fresh_ids := fresh_ids || in_ids[o];
				behind := behind || in_ids[o];
			end if;
		end if;
		o := o + 1;
	end loop;
end $$;

insert into q_history (layout, step) values (1, 8);
