/*
 * The three names that mediasoup's worker takes from unordered_dense, on the standard containers.
 *
 * The standard ones keep references valid where the dense ones do not, so code written for the dense
 * containers runs unchanged; it is merely a little slower in iteration.
 */
#ifndef LYCEUM_UNORDERED_DENSE_H
#define LYCEUM_UNORDERED_DENSE_H

#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense
{
	template<typename Key>
	using hash = std::hash<Key>;

	template<typename Key, typename Value, typename Hash = std::hash<Key>, typename Equal = std::equal_to<Key>>
	using map = std::unordered_map<Key, Value, Hash, Equal>;

	template<typename Key, typename Hash = std::hash<Key>, typename Equal = std::equal_to<Key>>
	using set = std::unordered_set<Key, Hash, Equal>;
} // namespace ankerl::unordered_dense

#endif
