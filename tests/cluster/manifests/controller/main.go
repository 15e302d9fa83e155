// The operator's real controller, over an API that is kept in memory: takes a manifest with one MPIJob on standard input,
// marks worker pods as ready as they come, and prints as JSON what the controller made of it: events, pods, the launcher's
// Job, ConfigMap, Secret, Service. It is built within the operator's own module (see real_controller.py).
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	kubeinformers "k8s.io/client-go/informers"
	k8sfake "k8s.io/client-go/kubernetes/fake"
	"sigs.k8s.io/yaml"

	"github.com/kubeflow/mpi-operator/cmd/mpi-operator/app/options"
	kubeflow "github.com/kubeflow/mpi-operator/pkg/apis/kubeflow/v2beta1"
	"github.com/kubeflow/mpi-operator/pkg/client/clientset/versioned/fake"
	informers "github.com/kubeflow/mpi-operator/pkg/client/informers/externalversions"
	"github.com/kubeflow/mpi-operator/pkg/controller"
)

type made struct {
	Errors     []string           `json:"errors"`
	Events     []string           `json:"events"`
	Pods       []corev1.Pod       `json:"pods"`
	Jobs       []batchv1.Job      `json:"jobs"`
	ConfigMaps []corev1.ConfigMap `json:"configMaps"`
	Secrets    []corev1.Secret    `json:"secrets"`
	Services   []corev1.Service   `json:"services"`
	// How many launchers there were before the workers were ready.
	EarlyJobs int `json:"earlyJobs"`
}

// read takes the objects with unknown fields as errors, each by its real type.
func read(text []byte) (job *kubeflow.MPIJob, errors []string) {
	for _, document := range bytes.Split(text, []byte("\n---\n")) {
		var kind metav1.TypeMeta
		if err := yaml.Unmarshal(document, &kind); err != nil {
			return nil, []string{err.Error()}
		}
		var object any
		switch kind.Kind {
		case "MPIJob":
			job = &kubeflow.MPIJob{}
			object = job
		case "Pod":
			object = &corev1.Pod{}
		case "PersistentVolumeClaim":
			object = &corev1.PersistentVolumeClaim{}
		case "ConfigMap":
			object = &corev1.ConfigMap{}
		case "Namespace":
			object = &corev1.Namespace{}
		case "Service":
			object = &corev1.Service{}
		case "NetworkPolicy":
			object = &networkingv1.NetworkPolicy{}
		default:
			continue
		}
		if err := yaml.UnmarshalStrict(document, object); err != nil {
			errors = append(errors, fmt.Sprintf("%s: %v", kind.Kind, err))
		}
	}
	if job == nil {
		errors = append(errors, "no MPIJob")
	}
	return job, errors
}

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	var out made
	job, errors := read(text)
	out.Errors = errors
	if len(errors) == 0 {
		reconcile(job, &out)
	}
	if err := json.NewEncoder(os.Stdout).Encode(out); err != nil {
		panic(err)
	}
}

func reconcile(job *kubeflow.MPIJob, out *made) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	job.UID = "uid-of-the-job"
	jobs, kube := fake.NewSimpleClientset(job), k8sfake.NewSimpleClientset()
	ours, theirs := informers.NewSharedInformerFactory(jobs, 0), kubeinformers.NewSharedInformerFactory(kube, 0)
	core := theirs.Core().V1()
	watcher, err := controller.NewMPIJobController(ctx, kube, jobs, nil, nil, core.ConfigMaps(), core.Secrets(), core.Services(),
		theirs.Batch().V1().Jobs(), core.Pods(), theirs.Scheduling().V1().PriorityClasses(), ours.Kubeflow().V2beta1().MPIJobs(),
		&options.ServerOption{Namespace: metav1.NamespaceAll, ControllerRateLimit: 100, ControllerBurst: 100})
	if err != nil {
		panic(err)
	}
	ours.Start(ctx.Done())
	theirs.Start(ctx.Done())
	go func() { _ = watcher.Run(1, ctx.Done()) }()

	all := metav1.ListOptions{}
	workers := 0
	if replica := job.Spec.MPIReplicaSpecs[kubeflow.MPIReplicaTypeWorker]; replica != nil && replica.Replicas != nil {
		workers = int(*replica.Replicas)
	}
	// Until it has made what it will, or has refused the job, which it tells by an event.
	for began := time.Now(); time.Since(began) < 10*time.Second; time.Sleep(50 * time.Millisecond) {
		pods, _ := kube.CoreV1().Pods(job.Namespace).List(ctx, all)
		launchers, _ := kube.BatchV1().Jobs(job.Namespace).List(ctx, all)
		events, _ := kube.CoreV1().Events("").List(ctx, all)
		out.Pods, out.Jobs, out.Events = pods.Items, launchers.Items, nil
		refused := false
		for _, event := range events.Items {
			out.Events = append(out.Events, event.Type+" "+event.Reason+": "+event.Message)
			refused = refused || event.Reason == controller.ValidationError
		}
		if refused || (len(pods.Items) == workers && len(launchers.Items) > 0) {
			break
		}
		if len(pods.Items) == workers {
			time.Sleep(300 * time.Millisecond)
			launchers, _ = kube.BatchV1().Jobs(job.Namespace).List(ctx, all)
			out.EarlyJobs = max(out.EarlyJobs, len(launchers.Items))
			for _, pod := range pods.Items {
				pod.ResourceVersion = "2" // which this API does not count up, and the controller goes by
				pod.Status.Phase = corev1.PodRunning
				pod.Status.Conditions = []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionTrue}}
				_, _ = kube.CoreV1().Pods(job.Namespace).UpdateStatus(ctx, &pod, metav1.UpdateOptions{})
			}
		}
	}
	maps, _ := kube.CoreV1().ConfigMaps(job.Namespace).List(ctx, all)
	secrets, _ := kube.CoreV1().Secrets(job.Namespace).List(ctx, all)
	services, _ := kube.CoreV1().Services(job.Namespace).List(ctx, all)
	out.ConfigMaps, out.Secrets, out.Services = maps.Items, secrets.Items, services.Items
}
