/** What nodes have observed of the requests they served, as it travels to whoever keeps it. */
package io.gatehouse.model.observed;
