/**
 * From rows to nodes: snapshots are built in the transaction that changed something, put into the
 * cluster's map after its commit, and compared with the database every now and then. The only
 * package of the control plane that uses Hazelcast. The event is a hint, the state is the truth: a
 * failed publication fails no operation, the reconciler repairs it.
 */
package io.gatehouse.admin.publish;
