// Stands before MPI's own functions, by MPI's profiling interface: each call meets its fate first. Calls that are made
// again and again until something happens (MPI_Test, MPI_Improbe) are left out: how many there are is chance.
#include <mpi.h>

#include "fault.hpp"

extern "C" {

#define TESSERA_MPI(name, parameters, arguments)       \
    int MPI_##name parameters {                        \
        faults::meet(faults::Deed::mpi, "MPI_" #name); \
        return PMPI_##name arguments;                  \
    }

// What is sent and what is received, of several kinds.
#define TESSERA_SENT void const *sent, int sent_count, MPI_Datatype sent_type
#define TESSERA_GOT void *got, int got_count, MPI_Datatype got_type

TESSERA_MPI(Init_thread, (int* argc, char*** argv, int wanted, int* provided), (argc, argv, wanted, provided))
TESSERA_MPI(Finalize, (), ())
TESSERA_MPI(Comm_dup, (MPI_Comm comm, MPI_Comm* copy), (comm, copy))
TESSERA_MPI(Comm_split_type, (MPI_Comm comm, int type, int key, MPI_Info info, MPI_Comm* part),
            (comm, type, key, info, part))
TESSERA_MPI(Win_allocate_shared, (MPI_Aint size, int unit, MPI_Info info, MPI_Comm comm, void* base, MPI_Win* window),
            (size, unit, info, comm, base, window))
TESSERA_MPI(Win_free, (MPI_Win * window), (window))

TESSERA_MPI(Barrier, (MPI_Comm comm), (comm))
TESSERA_MPI(Bcast, (void* data, int count, MPI_Datatype type, int root, MPI_Comm comm), (data, count, type, root, comm))
TESSERA_MPI(Reduce,
            (void const* sent, void* got, int count, MPI_Datatype type, MPI_Op operation, int root, MPI_Comm comm),
            (sent, got, count, type, operation, root, comm))
TESSERA_MPI(Allreduce, (void const* sent, void* got, int count, MPI_Datatype type, MPI_Op operation, MPI_Comm comm),
            (sent, got, count, type, operation, comm))
TESSERA_MPI(Exscan, (void const* sent, void* got, int count, MPI_Datatype type, MPI_Op operation, MPI_Comm comm),
            (sent, got, count, type, operation, comm))
TESSERA_MPI(Gather, (TESSERA_SENT, TESSERA_GOT, int root, MPI_Comm comm),
            (sent, sent_count, sent_type, got, got_count, got_type, root, comm))
TESSERA_MPI(Gatherv,
            (TESSERA_SENT, void* got, int const* counts, int const* places, MPI_Datatype got_type, int root,
             MPI_Comm comm),
            (sent, sent_count, sent_type, got, counts, places, got_type, root, comm))
TESSERA_MPI(Allgather, (TESSERA_SENT, TESSERA_GOT, MPI_Comm comm),
            (sent, sent_count, sent_type, got, got_count, got_type, comm))
TESSERA_MPI(Allgatherv,
            (TESSERA_SENT, void* got, int const* counts, int const* places, MPI_Datatype got_type, MPI_Comm comm),
            (sent, sent_count, sent_type, got, counts, places, got_type, comm))
TESSERA_MPI(Alltoall, (TESSERA_SENT, TESSERA_GOT, MPI_Comm comm),
            (sent, sent_count, sent_type, got, got_count, got_type, comm))

TESSERA_MPI(Send, (TESSERA_SENT, int to, int tag, MPI_Comm comm), (sent, sent_count, sent_type, to, tag, comm))
TESSERA_MPI(Isend, (TESSERA_SENT, int to, int tag, MPI_Comm comm, MPI_Request* request),
            (sent, sent_count, sent_type, to, tag, comm, request))
TESSERA_MPI(Recv, (TESSERA_GOT, int from, int tag, MPI_Comm comm, MPI_Status* status),
            (got, got_count, got_type, from, tag, comm, status))
TESSERA_MPI(Irecv, (TESSERA_GOT, int from, int tag, MPI_Comm comm, MPI_Request* request),
            (got, got_count, got_type, from, tag, comm, request))
TESSERA_MPI(Mrecv, (TESSERA_GOT, MPI_Message* message, MPI_Status* status), (got, got_count, got_type, message, status))
TESSERA_MPI(Waitall, (int count, MPI_Request requests[], MPI_Status* statuses), (count, requests, statuses))

TESSERA_MPI(File_open, (MPI_Comm comm, char const* path, int mode, MPI_Info info, MPI_File* file),
            (comm, path, mode, info, file))
TESSERA_MPI(File_close, (MPI_File * file), (file))
TESSERA_MPI(File_sync, (MPI_File file), (file))
TESSERA_MPI(File_write_at,
            (MPI_File file, MPI_Offset offset, void const* data, int count, MPI_Datatype type, MPI_Status* status),
            (file, offset, data, count, type, status))
TESSERA_MPI(File_write_at_all,
            (MPI_File file, MPI_Offset offset, void const* data, int count, MPI_Datatype type, MPI_Status* status),
            (file, offset, data, count, type, status))
TESSERA_MPI(File_read_at_all,
            (MPI_File file, MPI_Offset offset, void* data, int count, MPI_Datatype type, MPI_Status* status),
            (file, offset, data, count, type, status))

}  // extern "C"
