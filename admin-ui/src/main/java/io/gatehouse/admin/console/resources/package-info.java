/** The resources and methods of an API, to be read. */
package io.gatehouse.admin.console.resources;
