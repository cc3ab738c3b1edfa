/** What travels from the control plane to the nodes, and how it is written down. */
package io.gatehouse.model.snapshot;
