/** How a request's path finds its resource. Imitates the vendor's rules for API routes. */
package io.gatehouse.model.path;
