/*
 * The part of the libsrtp 3 API that mediasoup's worker calls, on top of libsrtp 2.
 *
 * Version 3 describes a session by an opaque policy object and takes separate input and output buffers; version 2
 * has a plain struct and works in place, growing the packet by up to SRTP_MAX_TRAILER_LEN. C++ only: the functions
 * that exist in both versions are told apart by overloading.
 */
#ifndef LYCEUM_SRTP3_ON_SRTP2_H
#define LYCEUM_SRTP3_ON_SRTP2_H

/* Version 2 calls its struct what version 3 calls its handle. */
#define srtp_policy_t srtp2_policy_t
#include <srtp2/srtp.h>
#undef srtp_policy_t

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

/* Errors that only version 3 has, with its numbers. */
inline constexpr srtp_err_status_t srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
inline constexpr srtp_err_status_t srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);

namespace lyceum_srtp
{
	struct Policy
	{
		srtp2_policy_t v2{};
		/* Key followed by salt, as version 2 wants it. */
		unsigned char key[SRTP_MAX_KEY_LEN]{};
	};

	/* SRTCP adds an index of four bytes (RFC 3711, section 3.4) to what SRTP adds. */
	inline constexpr size_t Growth = SRTP_MAX_TRAILER_LEN + 4;

	/* Runs an in-place call of version 2 as version 3 does: from `in` to `out`, whose room and then length is `*outLen`. */
	template<typename InPlace>
	inline srtp_err_status_t convert(
	  const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen, size_t growth, InPlace call)
	{
		if (*outLen < inLen + growth)
		{
			return srtp_err_status_buffer_small;
		}

		if (in != out)
		{
			std::memmove(out, in, inLen);
		}

		int len                     = static_cast<int>(inLen);
		const srtp_err_status_t err = call(out, &len);

		if (err == srtp_err_status_ok)
		{
			*outLen = static_cast<size_t>(len);
		}

		return err;
	}
} // namespace lyceum_srtp

using srtp_policy_t = lyceum_srtp::Policy*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	*policy = new (std::nothrow) lyceum_srtp::Policy();

	return *policy ? srtp_err_status_ok : srtp_err_status_alloc_fail;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	if (policy)
	{
		/* A compiler may drop a memset before delete; a volatile write stays, and key material must not linger. */
		for (volatile unsigned char& byte : policy->key)
		{
			byte = 0;
		}
	}

	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->v2.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	const srtp_err_status_t err = srtp_crypto_policy_set_from_profile_for_rtp(&policy->v2.rtp, profile);

	return err ? err : srtp_crypto_policy_set_from_profile_for_rtcp(&policy->v2.rtcp, profile);
}

inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const uint8_t* key,
  size_t keyLen,
  const uint8_t* salt,
  size_t saltLen,
  const uint8_t* /*mki*/,
  size_t mkiLen)
{
	if (keyLen + saltLen > sizeof(policy->key) || mkiLen != 0)
	{
		return srtp_err_status_bad_param;
	}

	std::memcpy(policy->key, key, keyLen);
	std::memcpy(policy->key + keyLen, salt, saltLen);
	policy->v2.key = policy->key;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	policy->v2.allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t size)
{
	policy->v2.window_size = size;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	return srtp_create(session, &policy->v2);
}

inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, size_t rtpLen, uint8_t* srtp, size_t* srtpLen, size_t /*mkiIndex*/)
{
	return lyceum_srtp::convert(
	  rtp, rtpLen, srtp, srtpLen, lyceum_srtp::Growth, [session](uint8_t* data, int* len) {
		  return srtp_protect(session, data, len);
	  });
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, size_t srtpLen, uint8_t* rtp, size_t* rtpLen)
{
	return lyceum_srtp::convert(srtp, srtpLen, rtp, rtpLen, 0, [session](uint8_t* data, int* len) {
		return srtp_unprotect(session, data, len);
	});
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* rtcp, size_t rtcpLen, uint8_t* srtcp, size_t* srtcpLen, size_t /*mkiIndex*/)
{
	return lyceum_srtp::convert(
	  rtcp, rtcpLen, srtcp, srtcpLen, lyceum_srtp::Growth, [session](uint8_t* data, int* len) {
		  return srtp_protect_rtcp(session, data, len);
	  });
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, size_t srtcpLen, uint8_t* rtcp, size_t* rtcpLen)
{
	return lyceum_srtp::convert(srtcp, srtcpLen, rtcp, rtcpLen, 0, [session](uint8_t* data, int* len) {
		return srtp_unprotect_rtcp(session, data, len);
	});
}

#endif
