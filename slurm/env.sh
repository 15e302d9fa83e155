# What a site edits: where things are, and how ranks are started. The batch scripts source it; all of it may also be set
# in the environment of sbatch.
: "${TESSERA_HOME:=${SLURM_SUBMIT_DIR:-$PWD}}"        # the checkout; by default where sbatch was called
: "${TESSERA:=$TESSERA_HOME/build/tessera}"           # the program, on a file system that all nodes share
: "${TESSERA_OUTPUTS:=$TESSERA_HOME/outputs}"         # results; the logs' folder is set in each script's --output
: "${TESSERA_LAUNCHER:=srun}"                         # srun, or mpirun
: "${TESSERA_SRUN_OPTIONS:=--mpi=pmix}"               # Debian's Open MPI speaks PMIx alone
: "${TESSERA_MPIRUN_OPTIONS:=--bind-to none}"         # a rank has several threads: it is not bound to one core
# Modules, where the site has them:
# module load openmpi hdf5
# The network card that joins the nodes, where there are several:
# export OMPI_MCA_btl_tcp_if_include=ib0 OMPI_MCA_oob_tcp_if_include=ib0
