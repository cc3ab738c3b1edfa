/** What nodes have observed and tell the control plane: requests that were logged, and counts. */
package io.gatehouse.model.observed;
