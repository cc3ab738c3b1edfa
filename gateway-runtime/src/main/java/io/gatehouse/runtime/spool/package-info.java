/**
 * What a node has to tell the control plane or a log sink and must not forget before it is stored
 * there: lines of logs and counts, on the node's disk.
 */
package io.gatehouse.runtime.spool;
