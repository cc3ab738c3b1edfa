/**
 * From snapshots to what requests are served by: everything that can be decided at deploy time is
 * decided here.
 */
package io.gatehouse.runtime.compile;
