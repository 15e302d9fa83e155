# A PostgreSQL of our own with PostGIS, in the bench's folder, reached by a socket there; run.sh sources it.
postgres=/usr/lib/postgresql/15/bin
postgis_home=$bench_folder/postgres
postgis_socket=$postgis_home

# PostgreSQL refuses to run as root.
as_postgres() {
    if ((EUID == 0)); then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# start_postgis TRIPS: with a database trips$TRIPS of that many yellow trips; fails where it cannot be had
start_postgis() {
    [[ -x $postgres/initdb ]] && has_module psycopg2 || return 1
    mkdir -p "$postgis_home"
    ((EUID != 0)) || chown postgres "$postgis_home"
    if [[ ! -e $postgis_home/data/PG_VERSION ]]; then
        as_postgres "$postgres/initdb" -D "$postgis_home/data" -A trust --no-sync >/dev/null || return 1
        as_postgres tee -a "$postgis_home/data/postgresql.conf" >/dev/null <<END
listen_addresses = ''
unix_socket_directories = '$postgis_home'
shared_buffers = 4GB
work_mem = 256MB
maintenance_work_mem = 1GB
max_parallel_workers_per_gather = 1
max_wal_size = 8GB
synchronous_commit = off
random_page_cost = 1.1
END
    fi
    as_postgres "$postgres/pg_ctl" -D "$postgis_home/data" -l "$postgis_home/log" -w start >/dev/null || return 1
    "$python" "$peers/postgis_table.py" "$postgis_socket" "trips$1" "$(yellow_store "$1")"
}
stop_postgis() {
    [[ ! -e $postgis_home/data/postmaster.pid ]] || as_postgres "$postgres/pg_ctl" -D "$postgis_home/data" -m fast stop >/dev/null
}
