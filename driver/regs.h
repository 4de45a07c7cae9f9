/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The device as the datasheet describes it: registers, their bits, descriptors.
 *
 * Names and section numbers are those of Intel's "PCI/PCI-X Family of Gigabit
 * Ethernet Controllers Software Developer's Manual" (8254x), revision 4.0.
 * Only what the driver uses is here.
 */
#ifndef RXE_REGS_H
#define RXE_REGS_H

/* A table, read down its columns. */
/* clang-format off */

#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/types.h>

/* 13.4.1 Device Control */
#define RXE_CTRL		0x0000
#define RXE_CTRL_FD		BIT(0)
#define RXE_CTRL_ASDE		BIT(5)
#define RXE_CTRL_SLU		BIT(6)
#define RXE_CTRL_FRCSPD		BIT(11)
#define RXE_CTRL_FRCDPLX	BIT(12)
#define RXE_CTRL_RST		BIT(26)
#define RXE_CTRL_RFCE		BIT(27)
#define RXE_CTRL_TFCE		BIT(28)
#define RXE_CTRL_VME		BIT(30)

/* 13.4.2 Device Status */
#define RXE_STATUS		0x0008
#define RXE_STATUS_FD		BIT(0)
#define RXE_STATUS_LU		BIT(1)
#define RXE_STATUS_SPEED	GENMASK(7, 6)
#define RXE_STATUS_SPEED_10	0
#define RXE_STATUS_SPEED_100	1

/* 13.4.4 EEPROM Read */
#define RXE_EERD		0x0014
#define RXE_EERD_START		BIT(0)
#define RXE_EERD_DONE		BIT(4)
#define RXE_EERD_ADDR		GENMASK(15, 8)
#define RXE_EERD_DATA		GENMASK(31, 16)

/* 5.6 EEPROM address map: the MAC address, and the sum of all words */
#define RXE_EEPROM_MAC		0x00
#define RXE_EEPROM_WORDS	0x40
#define RXE_EEPROM_SUM		0xbaba

/* 13.4.7 MDI Control: the way to the PHY's registers */
#define RXE_MDIC		0x0020
#define RXE_MDIC_DATA		GENMASK(15, 0)
#define RXE_MDIC_REGADD		GENMASK(20, 16)
#define RXE_MDIC_PHYADD		GENMASK(25, 21)
#define RXE_MDIC_OP_WRITE	BIT(26)
#define RXE_MDIC_OP_READ	BIT(27)
#define RXE_MDIC_R		BIT(28)
#define RXE_MDIC_E		BIT(30)
#define RXE_PHY_ADDRESS		1

/* 13.4.11 VLAN Ether Type */
#define RXE_VET			0x0038

/* 13.4.15 LED Control: the mode of LED 0 */
#define RXE_LEDCTL		0x0e00
#define RXE_LEDCTL_LED0		GENMASK(3, 0)
#define RXE_LEDCTL_ON		0xe
#define RXE_LEDCTL_OFF		0xf

/* 13.4.17 to 13.4.21 Interrupt: cause (cleared by reading), throttle, set, mask */
#define RXE_ICR			0x00c0
#define RXE_ITR			0x00c4
#define RXE_ICS			0x00c8
#define RXE_IMS			0x00d0
#define RXE_IMC			0x00d8
#define RXE_INT_TXDW		BIT(0)
#define RXE_INT_TXQE		BIT(1)
#define RXE_INT_LSC		BIT(2)
#define RXE_INT_RXSEQ		BIT(3)
#define RXE_INT_RXDMT0		BIT(4)
#define RXE_INT_RXO		BIT(6)
#define RXE_INT_RXT0		BIT(7)

/* 13.4.18: the throttle counts in units of 256 ns */
#define RXE_ITR_UNIT_NS		256

/* 13.4.22 Receive Control */
#define RXE_RCTL		0x0100
#define RXE_RCTL_EN		BIT(1)
#define RXE_RCTL_SBP		BIT(2)
#define RXE_RCTL_UPE		BIT(3)
#define RXE_RCTL_MPE		BIT(4)
#define RXE_RCTL_LPE		BIT(5)
#define RXE_RCTL_BAM		BIT(15)
#define RXE_RCTL_BSIZE_2048	0
#define RXE_RCTL_VFE		BIT(18)
#define RXE_RCTL_SECRC		BIT(26)

/* 13.4.33 Transmit Control, with the recommended full-duplex values */
#define RXE_TCTL		0x0400
#define RXE_TCTL_EN		BIT(1)
#define RXE_TCTL_PSP		BIT(3)
#define RXE_TCTL_CT		(0x0fU << 4)
#define RXE_TCTL_COLD_FD	(0x40U << 12)

/* 13.4.34 Transmit Inter Packet Gap: IPGT, IPGR1, IPGR2 */
#define RXE_TIPG		0x0410
#define RXE_TIPG_COPPER		(10U | 8U << 10 | 6U << 20)

/* 13.4.25 to 13.4.31 Receive descriptor ring and its interrupt delays */
#define RXE_RDBAL		0x2800
#define RXE_RDBAH		0x2804
#define RXE_RDLEN		0x2808
#define RXE_RDH			0x2810
#define RXE_RDT			0x2818
#define RXE_RDTR		0x2820
#define RXE_RADV		0x282c

/* 13.4.36 to 13.4.44 Transmit descriptor ring and its interrupt delays */
#define RXE_TDBAL		0x3800
#define RXE_TDBAH		0x3804
#define RXE_TDLEN		0x3808
#define RXE_TDH			0x3810
#define RXE_TDT			0x3818
#define RXE_TIDV		0x3820
#define RXE_TADV		0x382c

/* RDLEN and TDLEN count bytes in multiples of 128, that is of 8 descriptors */
#define RXE_RING_MULTIPLE	8

/* 13.7 Statistics: errors, flow control, good frames and octets, frames by size */
#define RXE_CRCERRS		0x4000
#define RXE_ALGNERRC		0x4004
#define RXE_MPC			0x4010
#define RXE_RLEC		0x4040
#define RXE_XONRXC		0x4048
#define RXE_XONTXC		0x404c
#define RXE_XOFFRXC		0x4050
#define RXE_XOFFTXC		0x4054
#define RXE_FCRUC		0x4058
#define RXE_GPRC		0x4074
#define RXE_BPRC		0x4078
#define RXE_MPRC		0x407c
#define RXE_GPTC		0x4080
#define RXE_GORCL		0x4088
#define RXE_GOTCL		0x4090
#define RXE_RNBC		0x40a0
#define RXE_RUC			0x40a4
#define RXE_RFC			0x40a8
#define RXE_ROC			0x40ac
#define RXE_RJC			0x40b0
#define RXE_PTC64		0x40d8
#define RXE_PTC127		0x40dc
#define RXE_PTC255		0x40e0
#define RXE_PTC511		0x40e4
#define RXE_PTC1023		0x40e8
#define RXE_PTC1522		0x40ec
#define RXE_MPTC		0x40f0
#define RXE_BPTC		0x40f4

/* 13.5.1 Multicast Table Array: 4096 bits, one per hash value */
#define RXE_MTA(n)		(0x5200 + 4 * (n))
#define RXE_MTA_WORDS		128

/* 13.5.2, 13.5.3 Receive Address: 16 exact matches, the first is our own */
#define RXE_RAL(n)		(0x5400 + 8 * (n))
#define RXE_RAH(n)		(0x5404 + 8 * (n))
#define RXE_RAH_AV		BIT(31)
#define RXE_RAR_ENTRIES		16

/* 13.5.4 VLAN Filter Table Array: 4096 bits, one per VLAN id */
#define RXE_VFTA(n)		(0x5600 + 4 * (n))
#define RXE_VFTA_WORDS		128

/* 3.2.3 Receive descriptor */
struct rxe_rx_desc {
	__le64 addr;
	__le16 length;
	__le16 checksum;
	u8 status;
	u8 errors;
	__le16 special;
};

static_assert(sizeof(struct rxe_rx_desc) == 16);

#define RXE_RXD_DD		BIT(0)
#define RXE_RXD_EOP		BIT(1)
#define RXE_RXD_VP		BIT(3)

/* 3.2.3.2: CE, SE, SEQ, CXE and RXE. The checksum errors are not among them. */
#define RXE_RXD_FRAME_ERRORS	(BIT(0) | BIT(1) | BIT(2) | BIT(4) | BIT(7))

/* With RCTL.LPE 0 the device drops what is longer than this, CRC included */
#define RXE_FRAME_MAX		1522
/* With RCTL.LPE 1 the limit is 16384; the rest is room for VLAN and CRC */
#define RXE_MTU_MAX		16110

/*
 * Transmit descriptors. The context (3.3.6) tells the device where the headers
 * are, data descriptors (3.3.7) then name memory and what to do with it. The
 * legacy descriptor (3.3.3) is not used: its checksum insertion does nothing on
 * the emulated device.
 */
struct rxe_tx_data {
	__le64 addr;
	__le32 cmd_len;		/* DCMD, DTYP, DTALEN */
	u8 status;
	u8 popts;
	__le16 special;
};

struct rxe_tx_context {
	u8 ipcss;
	u8 ipcso;
	__le16 ipcse;
	u8 tucss;
	u8 tucso;
	__le16 tucse;
	__le32 cmd_len;		/* TUCMD, DTYP, PAYLEN */
	u8 status;
	u8 hdr_len;
	__le16 mss;
};

union rxe_tx_desc {
	struct rxe_tx_data data;
	struct rxe_tx_context context;
};

static_assert(sizeof(union rxe_tx_desc) == 16);

#define RXE_TXD_DTYP_DATA	BIT(20)
#define RXE_TXD_EOP		BIT(24)
#define RXE_TXD_IFCS		BIT(25)
#define RXE_TXD_TSE		BIT(26)
#define RXE_TXD_RS		BIT(27)
#define RXE_TXD_DEXT		BIT(29)
#define RXE_TXD_VLE		BIT(30)
#define RXE_TXD_IDE		BIT(31)
#define RXE_TXD_DD		BIT(0)
#define RXE_TXD_IXSM		BIT(0)
#define RXE_TXD_TXSM		BIT(1)

/* TUCMD: the segment is TCP, the network header is IPv4 */
#define RXE_TXC_TCP		BIT(24)
#define RXE_TXC_IP		BIT(25)
#define RXE_TXC_TSE		BIT(26)

/* 3.3.3: the most that one descriptor may name */
#define RXE_TXD_MAX_LEN		16288

#endif /* RXE_REGS_H */
