/**
 * Throttles and quotas that hold for the cluster. Owners keep the counters and grant leases; a node
 * spends what it was granted and asks for more in the background, so that a request decides here.
 * This package knows no cluster: {@code LimitOwners} is what it asks of one.
 */
package io.gatehouse.runtime.limit;
