create schema q; set search_path = q;
